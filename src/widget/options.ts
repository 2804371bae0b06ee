/** Reads an element's attributes and finds unknown ones. */
import { widgetModes, type WidgetOptions, widgetThemes } from '../protocol/widget';
import { oneOf } from '../protocol/widget-reading';

export const observed = [
  'model',
  'system-prompt',
  'pinned',
  'theme',
  'lang',
  'placeholder',
  'mode',
  'open',
] as const;

/** Attributes that any element may have. */
const common =
  /^(id|class|style|lang|dir|title|name|hidden|slot|part|exportparts|tabindex|role|nonce|inert|translate|is|(data|aria|on|xml|v|svelte|ng)[-:]?.*)$/;

export function optionsOf(element: HTMLElement, name: string): WidgetOptions {
  const text = (attribute: string) => element.getAttribute(attribute) || undefined;
  const accent = getComputedStyle(element).getPropertyValue('--corral-accent').trim();
  const options = {
    mode: oneOf(widgetModes)(text('mode')) ?? 'inline',
    name,
    model: text('model'),
    systemPrompt: text('system-prompt'),
    pinned: text('pinned'),
    theme: oneOf(widgetThemes)(text('theme')),
    lang: text('lang'),
    placeholder: text('placeholder'),
    accent: accent || undefined,
  };
  return given(options) as unknown as WidgetOptions;
}

/** Drops fields without a value. */
export const given = (fields: object) =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => (value ?? null) !== null));

/** Null if all of them are valid. */
export function attributeFaults(element: HTMLElement): string | null {
  const known: readonly string[] = observed;
  const faults = element
    .getAttributeNames()
    .filter((name) => !known.includes(name) && !common.test(name))
    .map((name) => `unknown attribute "${name}"`);
  const oneOfThese = { theme: widgetThemes, mode: widgetModes } as const;
  for (const [name, values] of Object.entries(oneOfThese)) {
    const value = element.getAttribute(name);
    const isRight = value === null || oneOf<string>(values)(value) !== undefined;
    if (!isRight) faults.push(`${name}="${value}" is none of ${values.join(', ')}`);
  }
  return faults.length > 0 ? faults.join('; ') : null;
}
