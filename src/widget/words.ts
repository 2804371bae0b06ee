/** The loader's own texts, for the time before the frame is there. */
import type { InterfaceLanguage } from '../protocol/languages';

interface Words {
  readonly chat: string;
  readonly open: string;
  readonly close: string;
}

const words: Readonly<Record<InterfaceLanguage, Words>> = {
  en: { chat: 'Private chat', open: 'Open the chat', close: 'Close the chat' },
  it: { chat: 'Chat privata', open: 'Apri la chat', close: 'Chiudi la chat' },
};

/** The texts in the first supported language; English otherwise. `languageOf` would cost 40 bytes more. */
export function wordsFor(languages: readonly string[]): Words {
  const tags = languages.map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  const known: Readonly<Record<string, Words>> = words;
  return known[tags.find((tag) => Object.hasOwn(words, tag)) ?? 'en']!;
}
