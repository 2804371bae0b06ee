/** Italian texts of a chat's mode and date, shown above the chat. */
import type { ChatBarMessages } from '../en/chat-bar';
import { formatter } from '../format';

const { day } = formatter('it');

export const chatBar: ChatBarMessages = {
  thisChat: {
    title: 'Questa chat',
    button: (summary) => `Questa chat: ${summary}`,
    dated: (date) => `al ${day(date)}`,
    keeps:
      'Resta con questa chat e passa alla prossima. Un cambiamento vale dal tuo prossimo messaggio.',
    stale: (date) => `Questa chat si attiene al ${day(date)}, quando è iniziata.`,
    moveOn: (today) => `Passa al ${day(today)}`,
    moveOnHint: 'Il modello rilegge allora tutta la chat, una volta.',
  },
  safety: {
    title: 'Sicurezza e utilità',
    modes: { careful: 'Prudente', balanced: 'Equilibrato', direct: 'Diretto' },
    notes: {
      careful:
        'Il prompt di sicurezza originale di Llama 2. Rifiuta di più, a volte anche ciò che è innocuo, e legge circa 130 token in più prima della prima risposta.',
      balanced: 'Una sola frase: sii utile. La scelta normale.',
      direct:
        'Nessuna frase nostra. Risponde più volentieri, anche quando sarebbe meglio di no; resta ciò che il modello ha imparato in addestramento.',
    },
    usual: 'il normale per questo modello',
    policy: 'In ogni caso vale la',
    policyLink: 'politica d’uso accettabile di Meta',
  },
  asOf: {
    title: 'Data',
    hint: 'Un modello non sa che giorno è, se non glielo si dice.',
    off: 'Non detta',
    today: (date) => `Oggi (${day(date)})`,
    chosen: 'Un altro giorno',
    chosenLabel: 'Giorno a cui la chat si attiene',
    day,
    example: '2021-05-03, o 2007',
    forMessageShort: 'Data',
    forMessage: 'Data per questa domanda',
    forMessageHint: 'Puoi anche scriverla: «al 2007: …».',
    forMessageOf: (date) => `Al ${day(date)}`,
    remove: 'Senza questa data',
  },
};
