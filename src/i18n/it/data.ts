/** Italian texts of exports, imports and the deletion of all data. */
import type { DataMessages } from '../en/data';
import { formatter } from '../format';

const { count } = formatter('it');

const chats = (n: number) => `${count(n)} chat`;

export const data: DataMessages = {
  data: {
    menu: 'I tuoi dati',
    exportAll: 'Esporta tutte le chat',
    exportWithDocuments: 'Esporta tutto, con i documenti',
    exportOneWithDocuments: 'Esporta con i documenti',
    import: 'Importa chat',
    drop: 'Rilascia il file per importarne le chat',
    working: 'Leggo il file…',
    workingAt: (percent) => `Leggo il file… ${percent}%`,
    imported: (n, same, source) => {
      const first =
        n === 0 ? 'Niente di nuovo' : n === 1 ? '1 chat importata' : `${chats(n)} importate`;
      return `${first}${source ? ` da ${source}` : ''}${same > 0 ? `; ${same === 1 ? '1 c’era già' : `${count(same)} c’erano già`}` : ''}.`;
    },
    kept: (n) =>
      n === 1
        ? '1 documento aggiunto alla raccolta.'
        : `${count(n)} documenti aggiunti alla raccolta.`,
    exporting: (percent) => `Preparo il file… ${percent}%`,
    leftOutTitle: 'Non importati:',
    leftOut: {
      pictures: (n) => (n === 1 ? '1 immagine' : `${count(n)} immagini`),
      sound: (n) =>
        n === 1 ? '1 registrazione audio o video' : `${count(n)} registrazioni audio o video`,
      files: (n) =>
        n === 1 ? 'il contenuto di 1 file allegato' : `il contenuto di ${count(n)} file allegati`,
      tools: (n) =>
        n === 1 ? '1 uso o risultato di uno strumento' : `${count(n)} usi e risultati di strumenti`,
      system: (n) =>
        n === 1
          ? '1 messaggio di sistema o nascosto'
          : `${count(n)} messaggi di sistema o nascosti`,
      thoughts: (n) =>
        n === 1
          ? '1 nota su ciò che il modello pensava'
          : `${count(n)} note su ciò che il modello pensava`,
      other: (n) => (n === 1 ? '1 altra parte' : `${count(n)} altre parti`),
      chats: (n) => (n === 1 ? '1 chat senza messaggi' : `${count(n)} chat senza messaggi`),
    },
    conflictTitle: 'Alcune chat ci sono già',
    conflict: (n) =>
      n === 1
        ? 'Una chat di questo file c’è già, con un contenuto diverso.'
        : `${count(n)} chat di questo file ci sono già, con un contenuto diverso.`,
    keepBoth: 'Tieni entrambe',
    replace: 'Sostituisci le mie',
    skip: 'Salta quelle',
    cancel: 'Annulla',
    deleteAll: 'Elimina tutti i miei dati',
    deleteTitle: 'Eliminare tutti i tuoi dati?',
    deleteText:
      'Tutte le chat, i documenti, le bozze e le impostazioni su questo dispositivo andranno perse. Non si può annullare; forse vuoi prima esportare le chat.',
    deleteWeights: 'Elimina anche i modelli scaricati',
    deleteNow: 'Elimina tutto',
  },
};
