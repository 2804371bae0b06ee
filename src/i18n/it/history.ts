/** Italian texts of the list of chats: search, export, import, deletion. */
import type { HistoryMessages } from '../en/history';
import { formatter } from '../format';

const { count, month, dateTime } = formatter('it');

const chats = (n: number) => `${count(n)} chat`;

export const history: HistoryMessages = {
  history: {
    title: 'Chat',
    open: 'Chat',
    close: 'Chiudi l’elenco delle chat',
    search: 'Cerca nelle chat',
    clearSearch: 'Cancella la ricerca',
    found: (n) =>
      n === 0 ? 'Nessun risultato' : n === 1 ? '1 chat trovata' : `${chats(n)} trovate`,
    searching: 'Cerco…',
    empty: 'Le tue chat compariranno qui. Restano su questo dispositivo.',
    untitled: 'Chat senza titolo',
    draft: 'Bozza',
    answering: 'Una risposta è in arrivo',
    group: (key) => {
      if (key.kind === 'month') return month(key.atMs);
      return {
        'on-top': 'In alto',
        today: 'Oggi',
        yesterday: 'Ieri',
        'last-7-days': 'Ultimi 7 giorni',
      }[key.kind];
    },
    options: (title) => `Opzioni per ${title}`,
    rename: 'Rinomina',
    renameLabel: 'Titolo della chat',
    keepOnTop: 'Fissa in alto',
    letGo: 'Non fissare più',
    delete: 'Elimina',
    exportJson: 'Esporta in JSON',
    exportMarkdown: 'Esporta in Markdown',
    you: 'Tu',
    unfinished: 'Questa risposta non è stata completata.',
    dateTime,
    undo: 'Annulla',
    dismiss: 'Chiudi l’avviso',
    deleted: (what) => (what === 'message' ? 'Messaggio eliminato.' : 'Chat eliminata.'),
  },
  data: {
    menu: 'I tuoi dati',
    exportAll: 'Esporta tutte le chat',
    import: 'Importa chat',
    drop: 'Rilascia il file per importarne le chat',
    working: 'Leggo il file…',
    imported: (n, same) => {
      const first =
        n === 0 ? 'Niente di nuovo' : n === 1 ? '1 chat importata' : `${chats(n)} importate`;
      return `${first}${same > 0 ? `; ${same === 1 ? '1 c’era già' : `${count(same)} c’erano già`}` : ''}.`;
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
      'Tutte le chat, le bozze e le impostazioni su questo dispositivo andranno perse. Non si può annullare; forse vuoi prima esportare le chat.',
    deleteWeights: 'Elimina anche i modelli scaricati',
    deleteNow: 'Elimina tutto',
  },
};
