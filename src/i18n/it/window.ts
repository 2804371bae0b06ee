/** Italian texts of the context window and the pinned instruction. */
import type { WindowMessages } from '../en/window';
import { formatter } from '../format';

const { number } = formatter('it');
const whole = (value: number) => number(value, 0);

export const window: WindowMessages = {
  window: {
    label: 'Finestra di contesto',
    used: (tokens, of, isExact) =>
      `${isExact ? '' : 'circa '}${whole(tokens)} di ${whole(of)} token`,
    short: (tokens, of, isExact) => `${isExact ? '' : '≈ '}${whole(tokens)} / ${whole(of)}`,
    parts: {
      system: 'Testo di sistema',
      pinned: 'Istruzione fissata',
      documents: 'Documenti',
      history: 'Conversazione',
      draft: 'Il prossimo messaggio',
      reserve: 'Riservati alla risposta',
      free: 'Liberi',
    },
    tokens: (tokens, isExact) => `${isExact ? '' : '≈ '}${whole(tokens)}`,
    details: 'Che cosa vede il modello',
    estimated: 'Stimati: una volta caricato, il modello li conta esattamente.',
    exact: 'Contati dal tokenizer del modello.',
    dropped: (messages) =>
      `${whole(messages)} messaggi più vecchi non ci stanno più e il modello non li vede.`,
    continueFromEnd: 'Continua dalla fine',
    sendEnd: (keep, of) => `Invia la fine: gli ultimi ${whole(keep)} di ${whole(of)} caratteri`,
    cutFrom: (keep, of) =>
      `La fine di un messaggio più lungo: ${whole(keep)} di ${whole(of)} caratteri.`,
  },
};
