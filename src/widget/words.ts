/** The loader's own texts, needed before the frame exists. */
interface Words {
  readonly chat: string;
  readonly open: string;
  readonly close: string;
}

const words: Readonly<Record<string, Words>> = {
  en: { chat: 'Private chat', open: 'Open the chat', close: 'Close the chat' },
  it: { chat: 'Chat privata', open: 'Apri la chat', close: 'Chiudi la chat' },
};

/** In the first supported language; English otherwise. */
export function wordsFor(languages: readonly string[]): Words {
  const tags = languages.map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return words[tags.find((tag) => Object.hasOwn(words, tag)) ?? 'en']!;
}
