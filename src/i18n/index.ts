/**
 * The texts of the visitor's language, in two parts: those of what is drawn at once, and those of all that is
 * opened later, which the first load does without.
 */
import { en, type FirstMessages } from './en';
import type { LaterMessages } from './en/later';

export type Messages = FirstMessages & LaterMessages;

export interface FirstTexts {
  /** For the page's `lang` attribute. */
  readonly language: 'en' | 'it';
  readonly t: FirstMessages;
}

export interface AllTexts extends FirstTexts {
  readonly t: Messages;
}

export class Texts implements FirstTexts {
  readonly language;
  readonly t;
  /** Null until they are loaded. */
  all: AllTexts | null = null;
  readonly #loadLater: () => Promise<LaterMessages>;

  constructor({ language, t }: FirstTexts, loadLater: () => Promise<LaterMessages>) {
    this.language = language;
    this.t = t;
    this.#loadLater = loadLater;
  }

  async loadAll(): Promise<AllTexts> {
    const { language, t } = this;
    this.all ??= { language, t: { ...t, ...(await this.#loadLater()) } };
    return this.all;
  }
}

/** In the first of the visitor's languages that Corral speaks, English otherwise. */
export async function loadTexts(languages: readonly string[]): Promise<Texts> {
  for (const tag of languages) {
    const language = tag.toLowerCase().split('-')[0];
    if (language === 'en') return english();
    if (language === 'it') {
      const { it } = await import('./it');
      const first = { language, t: it } as const;
      return new Texts(first, async () => (await import('./it/later')).itLater);
    }
  }
  return english();
}

function english(): Texts {
  const first = { language: 'en', t: en } as const;
  return new Texts(first, async () => (await import('./en/later')).enLater);
}
