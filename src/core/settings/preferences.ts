/** How a visitor wants Corral to look and speak. */
import { type InterfaceLanguage, isInterfaceLanguage } from '../../protocol/languages';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** When the model suggests titles of chats; `auto`: if it is large enough. */
export const titleChoices = ['auto', 'on', 'off'] as const;
export type TitleChoice = (typeof titleChoices)[number];

/** `auto` is the browser's. */
export type LanguageChoice = 'auto' | InterfaceLanguage;

export interface Preferences {
  readonly theme: Theme;
  readonly language: LanguageChoice;
  /** Whether the model suggests titles of chats. */
  readonly titles: TitleChoice;
}

export const defaultPreferences: Preferences = {
  theme: 'system',
  language: 'auto',
  titles: 'auto',
};

/** Reads stored preferences; an unknown value becomes the default. */
export function readPreferences(value: unknown): Preferences {
  const { theme, language, titles } = (value ?? {}) as Partial<Preferences>;
  return {
    theme: themes.find((one) => one === theme) ?? defaultPreferences.theme,
    language: isInterfaceLanguage(language) ? language : defaultPreferences.language,
    titles: titleChoices.find((one) => one === titles) ?? defaultPreferences.titles,
  };
}
