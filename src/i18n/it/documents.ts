/** Italian texts of documents that come with a question. */
import type { DocumentMessages } from '../en/documents';
import { formatter } from '../format';

const { count, date } = formatter('it');

const pages = (number: number) => (number === 1 ? '1 pagina' : `${count(number)} pagine`);

export const documents: DocumentMessages = {
  documents: {
    label: 'Documenti allegati',
    open: (name) => `Apri ${name}`,
    remove: (name) => `Togli ${name}`,
    reading: (percent) => `Lettura, ${percent} %`,
    pages,
    tokens: (tokens) => `≈ ${count(tokens)} token`,
    characters: (characters) => `${count(characters)} caratteri`,
    pasted: (characters) =>
      `Hai incollato ${count(characters)} caratteri. Come documento stanno separati dalla tua domanda.`,
    makeDocument: 'Fanne un documento',
    keepText: 'Lascia come testo',
    pastedName: 'Testo incollato.txt',
    given: 'Dato al modello',
    passage: (name, page) => (page === undefined ? name : `${name}, p. ${page}`),
    shortPage: (page) => `p. ${count(page)}`,
    page: (page, of) => `Pagina ${count(page)} di ${count(of)}`,
    part: (part, of) => `Parte ${count(part)} di ${count(of)}`,
    previous: 'Precedente',
    next: 'Successiva',
    setAside: 'Metti da parte in questa chat',
    useAgain: 'Dallo di nuovo al modello',
    unused: 'messo da parte',
    loading: 'Lettura del documento…',
    keep: 'Conserva nella raccolta',
    unkeep: 'Togli dalla raccolta',
    library: {
      title: 'Raccolta di documenti',
      open: 'Dalla raccolta',
      short: 'Raccolta',
      text: 'Documenti per qualsiasi chat. Restano su questo dispositivo finché non li togli; una chat che ne usa uno lo conserva.',
      empty:
        'Non ci sono ancora documenti. Aggiungi dei file qui, o apri un documento di una chat e conservalo.',
      loading: 'Lettura della raccolta…',
      list: 'Documenti',
      files: 'File da aggiungere',
      search: 'Cerca per nome',
      found: (n) => (n === 0 ? 'Nessun risultato' : n === 1 ? '1 trovato' : `${count(n)} trovati`),
      remove: (name) => `Togli ${name} dalla raccolta`,
      removed: (name) => `${name} è stato tolto dalla raccolta.`,
      undo: 'Annulla',
      adding: (done, total) => `${count(done)} file su ${count(total)} letti.`,
      endAdding: 'Annulla il resto',
      add: 'Aggiungi file',
      attach: (n) => (n > 1 ? `Allega ${count(n)}` : 'Allega'),
      date,
    },
  },
};
