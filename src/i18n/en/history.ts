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
    deleted: (what: 'message' | 'conversation' | 'temporary'): string =>
      ({
        message: 'Message deleted.',
        conversation: 'Chat deleted.',
        temporary: 'Temporary chat ended.',
      })[what],
  },
};

export type HistoryMessages = typeof history;
