/** Italian texts around a model's text. */
import type { MarkdownMessages } from '../en/markdown';

export const markdown: MarkdownMessages = {
  markdown: {
    code: (language) => (language === '' ? 'Codice' : `Codice, ${language}`),
    copyCode: 'Copia il codice',
    copied: 'Copiato',
    copyFailed: 'Copia non riuscita',
    table: 'Tabella',
    taskDone: 'Fatto:',
    taskOpen: 'Da fare:',
    imageNotLoaded: 'Immagine, non caricata:',
    link: {
      title: 'Aprire questo link?',
      leadsTo: (place) => `L’ha scritto il modello e porta a ${place}.`,
      address: 'Indirizzo',
      open: 'Apri in una nuova scheda',
      copy: 'Copia l’indirizzo',
      cancel: 'Annulla',
    },
  },
};
