/** English texts of exports, imports and the deletion of all data. */
import { formatter } from '../format';

const { count } = formatter('en');

const chats = (n: number) => (n === 1 ? '1 chat' : `${count(n)} chats`);

export const data = {
  data: {
    menu: 'Your data',
    exportAll: 'Export all chats',
    import: 'Import chats',
    drop: 'Drop the file to import its chats',
    working: 'Reading the file…',
    imported: (n: number, same: number) =>
      `${n === 0 ? 'Nothing new' : `${chats(n)} imported`}${same > 0 ? `; ${chats(same)} ${same === 1 ? 'was' : 'were'} here already` : ''}.`,
    conflictTitle: 'Some chats are here already',
    conflict: (n: number) =>
      n === 1
        ? 'One chat of this file is here too, with other content.'
        : `${count(n)} chats of this file are here too, with other content.`,
    keepBoth: 'Keep both',
    replace: 'Replace mine',
    skip: 'Skip those',
    cancel: 'Cancel',
    deleteAll: 'Delete all my data',
    deleteTitle: 'Delete all your data?',
    deleteText:
      'All chats, drafts and settings on this device will be gone. This cannot be undone; you may want to export your chats first.',
    deleteWeights: 'Delete the downloaded models too',
    deleteNow: 'Delete everything',
  },
};

export type DataMessages = typeof data;
