/** English texts of exports, imports and the deletion of all data. */
import type { LeftOutKind } from '../../protocol/history';
import { formatter } from '../format';

const { count } = formatter('en');

const chats = (n: number) => (n === 1 ? '1 chat' : `${count(n)} chats`);

export const data = {
  data: {
    menu: 'Your data',
    exportAll: 'Export all chats',
    exportWithDocuments: 'Export all, with documents',
    exportOneWithDocuments: 'Export with documents',
    import: 'Import chats',
    drop: 'Drop the file to import its chats',
    working: 'Reading the file…',
    workingAt: (percent: number) => `Reading the file… ${percent}%`,
    /** `source` is the program that the chats are from, if it is not Corral. */
    imported: (n: number, same: number, source: string | null) =>
      `${n === 0 ? 'Nothing new' : `${chats(n)} imported`}${source ? ` from ${source}` : ''}${same > 0 ? `; ${chats(same)} ${same === 1 ? 'was' : 'were'} already here` : ''}.`,
    kept: (n: number) =>
      n === 1 ? '1 document added to the library.' : `${count(n)} documents added to the library.`,
    exporting: (percent: number) => `Preparing the file… ${percent}%`,
    leftOutTitle: 'Left out:',
    leftOut: {
      pictures: (n: number) => (n === 1 ? '1 picture' : `${count(n)} pictures`),
      sound: (n: number) =>
        n === 1 ? '1 recording of sound or video' : `${count(n)} recordings of sound or video`,
      files: (n: number) =>
        n === 1 ? 'the content of 1 attached file' : `the content of ${count(n)} attached files`,
      tools: (n: number) =>
        n === 1 ? '1 call or result of a tool' : `${count(n)} calls and results of tools`,
      system: (n: number) =>
        n === 1 ? '1 system or hidden message' : `${count(n)} system and hidden messages`,
      thoughts: (n: number) =>
        n === 1
          ? '1 note of what the model thought'
          : `${count(n)} notes of what the model thought`,
      other: (n: number) => (n === 1 ? '1 other part' : `${count(n)} other parts`),
      chats: (n: number) =>
        n === 1 ? '1 chat without messages' : `${count(n)} chats without messages`,
    } satisfies Readonly<Record<LeftOutKind, (n: number) => string>>,
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
      'This deletes all chats, documents, drafts and settings on this device. It cannot be undone. Export your chats first if you want to keep them.',
    deleteWeights: 'Also delete the downloaded models',
    deleteNow: 'Delete everything',
  },
};

export type DataMessages = typeof data;
