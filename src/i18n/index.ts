/** The texts of the visitor's language, chosen once when the app starts. */
import { en, enErrors, type ErrorMessages, type Messages } from './en';

export interface Texts {
  /** For the page's `lang` attribute. */
  readonly language: 'en' | 'it';
  readonly t: Messages;
  readonly errors: ErrorMessages;
}

const english: Texts = { language: 'en', t: en, errors: enErrors };

/** The first of the visitor's languages that Corral speaks, English otherwise. */
export async function loadTexts(languages: readonly string[]): Promise<Texts> {
  for (const tag of languages) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'en') return english;
    if (language === 'it') {
      const { it, itErrors } = await import('./it');
      return { language, t: it, errors: itErrors };
    }
  }
  return english;
}
