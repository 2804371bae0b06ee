/** Italian texts of content from outside: files, shared texts, links. */
import type { IncomingTexts } from '../en/incoming';
import { formatter } from '../format';

const { count } = formatter('it');

export const incoming: IncomingTexts = {
  incoming: {
    label: 'Da fuori',
    model: {
      question: (name, bytes) => `Aggiungere ${name} (${bytes}) come modello?`,
      accept: 'Aggiungi modello',
    },
    chats: {
      question: (name, bytes) => `Importare le chat di ${name} (${bytes})?`,
      accept: 'Importa',
    },
    text: {
      question: (beginning) =>
        `Mentre scrivevi è arrivato un testo: «${beginning}». Iniziare con esso una nuova chat?`,
      accept: 'Nuova chat con questo testo',
    },
    adding: 'Lo esamino…',
    decline: 'Non ora',
    unreadable: (names) => `Corral non può aprire ${names}.`,
    cut: (characters) =>
      `Il testo era troppo lungo: nel campo del messaggio ci sono i suoi primi ${count(characters)} caratteri.`,
    close: 'Chiudi',
  },
};
