/** English texts of content from outside: files, shared texts, links. */
import { formatter } from '../format';

const { count } = formatter('en');

export const incoming = {
  incoming: {
    label: 'Shared with Corral',
    model: {
      question: (name: string, bytes: string) => `Add ${name} (${bytes}) as a model?`,
      accept: 'Add model',
    },
    chats: {
      question: (name: string, bytes: string) => `Import the chats in ${name} (${bytes})?`,
      accept: 'Import',
    },
    text: {
      question: (beginning: string) =>
        `A text was shared while you were writing: “${beginning}”. Start a new chat with it?`,
      accept: 'Start a new chat',
    },
    adding: 'Checking the model…',
    decline: 'Not now',
    unreadable: (names: string) => `Corral cannot open ${names}.`,
    cut: (characters: number) =>
      `The text was too long: its first ${count(characters)} characters are in the message field.`,
    close: 'Close',
  },
};

export type IncomingTexts = typeof incoming;
