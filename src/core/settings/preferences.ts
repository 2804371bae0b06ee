/** How a visitor wants Corral to look and speak. */

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const languageChoices = ['auto', 'en', 'it'] as const;
/** `auto` is the browser's. */
export type LanguageChoice = (typeof languageChoices)[number];

export interface Preferences {
  readonly theme: Theme;
  readonly language: LanguageChoice;
}

export const defaultPreferences: Preferences = { theme: 'system', language: 'auto' };

/** Of a stored value, what is known; the default for everything else. */
export function readPreferences(value: unknown): Preferences {
  const { theme, language } = (value ?? {}) as Partial<Preferences>;
  return {
    theme: themes.find((one) => one === theme) ?? defaultPreferences.theme,
    language: languageChoices.find((one) => one === language) ?? defaultPreferences.language,
  };
}
