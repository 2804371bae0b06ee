/** The visitor's preferences: theme and language. */

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export const languageChoices = ['auto', 'en', 'it'] as const;
/** `auto` is the browser's language. */
export type LanguageChoice = (typeof languageChoices)[number];

export interface Preferences {
  readonly theme: Theme;
  readonly language: LanguageChoice;
}

export const defaultPreferences: Preferences = { theme: 'system', language: 'auto' };

/** Reads stored preferences; an unknown value becomes the default. */
export function readPreferences(value: unknown): Preferences {
  const { theme, language } = (value ?? {}) as Partial<Preferences>;
  return {
    theme: themes.find((one) => one === theme) ?? defaultPreferences.theme,
    language: languageChoices.find((one) => one === language) ?? defaultPreferences.language,
  };
}
