/** Italian texts of the list of chats: search, groups, a chat's menu. */
import type { HistoryMessages } from '../en/history';
import { formatter } from '../format';

const { count, month, dateTime } = formatter('it');

const chats = (n: number) => `${count(n)} chat`;

export const history: HistoryMessages = {
  history: {
    title: 'Chat',
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
    unpin: 'Non fissare più',
    delete: 'Elimina',
    exportJson: 'Esporta in JSON',
    exportMarkdown: 'Esporta in Markdown',
    you: 'Tu',
    unfinished: 'Questa risposta non è stata completata.',
    dateTime,
    undo: 'Annulla',
    dismiss: 'Chiudi l’avviso',
    deleted: (what) => {
      if (what === 'message') return 'Messaggio eliminato.';
      if (what === 'temporary') return 'Chat temporanea terminata.';
      return what.chats === 1 ? 'Chat eliminata.' : `${chats(what.chats)} eliminate.`;
    },
    select: 'Seleziona chat',
    selectThis: 'Seleziona',
    selected: (n) =>
      n === 0
        ? 'Nessuna chat selezionata'
        : n === 1
          ? '1 chat selezionata'
          : `${chats(n)} selezionate`,
    selectShown: (n) => `Tutte quelle mostrate (${count(n)})`,
    selection: 'Chat selezionate',
    endSelection: 'Termina la selezione',
    exportSelected: 'Esporta',
    changing: 'Chat modificate',
    changed: (done, total) => `${count(done)} di ${chats(total)}`,
    endChange: 'Annulla',
    tags: 'Etichette…',
    tagFilter: 'Mostra le chat con queste etichette',
    noneWithTags: 'Nessuna chat ha tutte queste etichette.',
    tagTitle: (n) => (n === 1 ? 'Etichette di questa chat' : `Etichette di ${chats(n)}`),
    newTag: 'Nuova etichetta',
    addTag: 'Aggiungi',
    noTags: 'Non ci sono ancora etichette.',
    tooManyTags: (most) => `Una chat può avere al massimo ${most} etichette.`,
    saveTags: 'Salva',
    cancelTags: 'Annulla',
  },
};
