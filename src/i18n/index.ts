/**
 * The texts of the visitor's language in two parts: the first for what is drawn at once, the rest loaded later,
 * to keep the first load small.
 */
import { type InterfaceLanguage, languageOf } from '../protocol/languages';
import { en, type FirstMessages } from './en';
import type { LazyMessages } from './en/lazy';

export type Messages = FirstMessages & LazyMessages;

export interface FirstTexts {
  /** For the page's `lang` attribute. */
  readonly language: InterfaceLanguage;
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
  readonly #loadLazy: () => Promise<LazyMessages>;

  constructor({ language, t }: FirstTexts, loadLazy: () => Promise<LazyMessages>) {
    this.language = language;
    this.t = t;
    this.#loadLazy = loadLazy;
  }

  async loadAll(): Promise<AllTexts> {
    const { language, t } = this;
    this.all ??= { language, t: { ...t, ...(await this.#loadLazy()) } };
    return this.all;
  }
}

interface Loaders {
  readonly first: () => Promise<FirstMessages>;
  readonly lazy: () => Promise<LazyMessages>;
}

/** English is part of the first load: it stands in where a language has not been loaded. */
const loaders: Readonly<Record<InterfaceLanguage, Loaders>> = {
  en: {
    first: async () => en,
    lazy: async () => (await import('./en/lazy')).enLazy,
  },
  it: {
    first: async () => (await import('./it')).it,
    lazy: async () => (await import('./it/lazy')).itLazy,
  },
};

/** In the first of the languages that there is; English otherwise. */
export async function loadTexts(languages: readonly string[]): Promise<Texts> {
  const language = languageOf(languages);
  const { first, lazy } = loaders[language];
  return new Texts({ language, t: await first() }, lazy);
}
