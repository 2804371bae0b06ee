/** English texts of documents that come with a question. */
import { formatter } from '../format';

const { count, date } = formatter('en');

const pages = (number: number) => (number === 1 ? '1 page' : `${count(number)} pages`);

export const documents = {
  documents: {
    label: 'Attached documents',
    open: (name: string) => `Open ${name}`,
    remove: (name: string) => `Remove ${name}`,
    reading: (percent: number) => `Reading, ${percent} %`,
    pages,
    tokens: (tokens: number) => `≈ ${count(tokens)} tokens`,
    characters: (characters: number) => `${count(characters)} characters`,
    pasted: (characters: number) =>
      `You pasted ${count(characters)} characters. You can attach them as a document, separate from your question.`,
    makeDocument: 'Attach as document',
    keepText: 'Keep as text',
    pastedName: 'Pasted text.txt',
    given: 'Given to the model',
    passage: (name: string, page: number | undefined) =>
      page === undefined ? name : `${name}, p. ${page}`,
    shortPage: (page: number) => `p. ${count(page)}`,
    page: (page: number, of: number) => `Page ${count(page)} of ${count(of)}`,
    part: (part: number, of: number) => `Part ${count(part)} of ${count(of)}`,
    previous: 'Previous',
    next: 'Next',
    setAside: 'Set aside in this chat',
    useAgain: 'Give it to the model again',
    unused: 'set aside',
    loading: 'Reading the document…',
    keep: 'Keep in the library',
    unkeep: 'Remove from the library',
    library: {
      title: 'Library of documents',
      open: 'From the library',
      short: 'Library',
      text: 'Documents for any chat. They stay on this device until you remove them; a chat that uses one keeps it.',
      empty:
        'There are no documents yet. Add files here, or open a document of a chat and keep it.',
      loading: 'Reading the library…',
      list: 'Documents',
      files: 'Files to add',
      search: 'Search by name',
      found: (n: number) => (n === 0 ? 'Nothing found' : n === 1 ? '1 found' : `${count(n)} found`),
      remove: (name: string) => `Remove ${name} from the library`,
      removed: (name: string) => `${name} was removed from the library.`,
      undo: 'Undo',
      add: 'Add files',
      adding: (done: number, total: number) => `${count(done)} of ${count(total)} files read.`,
      endAdding: 'Cancel the rest',
      attach: (n: number) => (n > 1 ? `Attach ${count(n)}` : 'Attach'),
      date,
    },
  },
};

export type DocumentMessages = typeof documents;
