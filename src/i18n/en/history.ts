/** English texts of the list of chats: search, groups, a chat's menu. */
import { formatter } from '../format';

const { count, month, dateTime } = formatter('en');

/** As in `core/history/history-groups`. */
type Group =
  | { readonly kind: 'on-top' | 'today' | 'yesterday' | 'last-7-days' }
  | { readonly kind: 'month'; readonly atMs: number };

const chats = (n: number) => (n === 1 ? '1 chat' : `${count(n)} chats`);

export const history = {
  history: {
    title: 'Chats',
    search: 'Search chats',
    clearSearch: 'Clear the search',
    found: (n: number) => (n === 0 ? 'Nothing found' : `${chats(n)} found`),
    searching: 'Searching…',
    empty: 'Your chats will be listed here. They stay on this device.',
    untitled: 'Untitled chat',
    draft: 'Draft',
    answering: 'An answer is being written',
    group: (key: Group): string => {
      if (key.kind === 'month') return month(key.atMs);
      return {
        'on-top': 'Pinned',
        today: 'Today',
        yesterday: 'Yesterday',
        'last-7-days': 'Last 7 days',
      }[key.kind];
    },
    options: (title: string) => `Options for ${title}`,
    rename: 'Rename',
    renameLabel: 'Title of the chat',
    keepOnTop: 'Pin to the top',
    unpin: 'Unpin',
    delete: 'Delete',
    exportJson: 'Export as JSON',
    exportMarkdown: 'Export as Markdown',
    you: 'You',
    unfinished: 'This answer was not finished.',
    dateTime,
    undo: 'Undo',
    dismiss: 'Dismiss',
    deleted: (what: 'message' | 'temporary' | { readonly chats: number }): string => {
      if (what === 'message') return 'Message deleted.';
      if (what === 'temporary') return 'Temporary chat ended.';
      return what.chats === 1 ? 'Chat deleted.' : `${chats(what.chats)} deleted.`;
    },
    select: 'Select chats',
    selectThis: 'Select',
    selected: (n: number) => (n === 0 ? 'No chat selected' : `${chats(n)} selected`),
    selectShown: (n: number) => `All shown (${count(n)})`,
    selection: 'Selected chats',
    endSelection: 'End the selection',
    exportSelected: 'Export',
    changing: 'Chats changed',
    changed: (done: number, total: number) => `${count(done)} of ${chats(total)}`,
    endChange: 'Cancel',
    tags: 'Tags…',
    tagFilter: 'Show chats with these tags',
    noneWithTags: 'No chat has all of these tags.',
    tagTitle: (n: number) => (n === 1 ? 'Tags of this chat' : `Tags of ${chats(n)}`),
    newTag: 'New tag',
    addTag: 'Add',
    noTags: 'There are no tags yet.',
    tooManyTags: (most: number) => `A chat can have up to ${most} tags.`,
    saveTags: 'Save',
    cancelTags: 'Cancel',
  },
};

export type HistoryMessages = typeof history;
