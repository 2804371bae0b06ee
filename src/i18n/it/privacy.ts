/** Italian texts of the privacy panel. */
import type { PrivacyMessages } from '../en/privacy';
import { formatter } from '../format';

const { time } = formatter('it');

export const privacy: PrivacyMessages = {
  privacy: {
    title: 'Riservatezza',
    text: 'I tuoi messaggi vanno a un motore dentro questo browser e da nessun’altra parte. Si scaricano solo i file dell’app e i modelli che scegli.',
    sealed: 'Il motore è sigillato: il browser non gli lascia aprire nessuna connessione.',
    notSealed:
      'Il motore non è sigillato: questo server non manda l’intestazione che gli vieta ogni connessione, e nessun service worker di questo browser l’ha aggiunta.',
    notStarted: 'Il motore non è ancora partito. Con la prima domanda vedrai qui se è sigillato.',
    fetched: 'Scaricato da quando questa pagina è aperta',
    host: 'Da',
    ownHost: (host) => `${host} (questo sito)`,
    requests: 'File',
    amount: 'Quantità',
    last: 'Ultimo',
    time,
  },
};
