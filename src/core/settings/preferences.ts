/** How a visitor wants Corral to look and speak. */
import { type InterfaceLanguage, isInterfaceLanguage } from '../../protocol/languages';

export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** How fast answers are read aloud; 1 is the voice's own speed. */
export const speechRates = [0.75, 1, 1.25, 1.5, 2] as const;
export type SpeechRate = (typeof speechRates)[number];

/** `auto` is the browser's. */
export type LanguageChoice = 'auto' | InterfaceLanguage;

export interface Preferences {
  readonly theme: Theme;
  readonly language: LanguageChoice;
  readonly speechRate: SpeechRate;
}

export const defaultPreferences: Preferences = {
  theme: 'system',
  language: 'auto',
  speechRate: 1,
};

/** Reads stored preferences; an unknown value becomes the default. */
export function readPreferences(value: unknown): Preferences {
  const { theme, language, speechRate } = (value ?? {}) as Partial<Preferences>;
  return {
    theme: themes.find((one) => one === theme) ?? defaultPreferences.theme,
    language: isInterfaceLanguage(language) ? language : defaultPreferences.language,
    speechRate: speechRates.find((one) => one === speechRate) ?? defaultPreferences.speechRate,
  };
}
