/** What the loader itself says, since the frame is not there yet. */
import { type InterfaceLanguage, languageOf } from '../protocol/languages';

interface Words {
  readonly chat: string;
  readonly open: string;
  readonly close: string;
}

const words: Readonly<Record<InterfaceLanguage, Words>> = {
  en: { chat: 'Private chat', open: 'Open the chat', close: 'Close the chat' },
  it: { chat: 'Chat privata', open: 'Apri la chat', close: 'Chiudi la chat' },
};

/** In the first of the languages that there is; English otherwise. */
export const wordsFor = (languages: readonly string[]): Words => words[languageOf(languages)];
