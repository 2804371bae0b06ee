/** English texts around a model's text: links, code, tables. */

export const markdown = {
  markdown: {
    code: (language: string) => (language === '' ? 'Code' : `Code, ${language}`),
    copyCode: 'Copy code',
    copied: 'Copied',
    copyFailed: 'Could not copy',
    table: 'Table',
    taskDone: 'Done:',
    taskOpen: 'To do:',
    imageNotLoaded: 'Image, not loaded:',
    link: {
      title: 'Open this link?',
      leadsTo: (place: string) => `The model wrote this link. It leads to ${place}.`,
      address: 'Address',
      open: 'Open in a new tab',
      copy: 'Copy the address',
      cancel: 'Cancel',
    },
  },
};

export type MarkdownMessages = typeof markdown;
