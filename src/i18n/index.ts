/**
 * The texts of the visitor's language in two parts: the first for what is drawn at once, the rest loaded later,
 * to keep the first load small.
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

/** The first of the visitor's languages that Corral supports; English otherwise. */
export function languageOf(languages: readonly string[]): FirstTexts['language'] {
  const tags = languages.map((tag) => tag.toLowerCase().split('-')[0]);
  return tags.find((tag) => tag === 'en' || tag === 'it') ?? 'en';
}

export async function loadTexts(languages: readonly string[]): Promise<Texts> {
  const language = languageOf(languages);
  if (language === 'en') {
    return new Texts({ language, t: en }, async () => (await import('./en/later')).enLater);
  }
  const { it } = await import('./it');
  return new Texts({ language, t: it }, async () => (await import('./it/later')).itLater);
}
