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
      `${n === 0 ? 'Nothing new' : `${chats(n)} imported`}${same > 0 ? `; ${chats(same)} ${same === 1 ? 'was' : 'were'} already here` : ''}.`,
    conflictTitle: 'Some chats are already here',
    conflict: (n: number) =>
      n === 1
        ? 'One chat in this file is already here, with different content.'
        : `${count(n)} chats in this file are already here, with different content.`,
    keepBoth: 'Keep both',
    replace: 'Replace mine',
    skip: 'Skip them',
    cancel: 'Cancel',
    deleteAll: 'Delete all my data',
    deleteTitle: 'Delete all your data?',
    deleteText:
      'This deletes all chats, drafts and settings on this device. It cannot be undone. Export your chats first if you want to keep them.',
    deleteWeights: 'Also delete the downloaded models',
    deleteNow: 'Delete everything',
  },
};

export type DataMessages = typeof data;
