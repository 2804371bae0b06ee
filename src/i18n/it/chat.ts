/** Italian texts of the conversation and the field below it. */
import type { ChatMessages } from '../en/chat';
import { formatter } from '../format';

const { size } = formatter('it');

export const chat: ChatMessages = {
  empty: {
    title: 'Un modello linguistico, sul tuo dispositivo',
    text: 'Chiedi quello che vuoi. Risponde un modello dentro questo browser: nessun account, nessun server, nulla viene inviato.',
    firstUse: (bytes) =>
      `La prima domanda scarica il modello una volta sola (${size(bytes)}). Poi resta qui.`,
    offers: {
      label: 'Due modi per cominciare',
      now: 'Chatta subito',
      nowDetail: (name, bytes) =>
        `${name}, ${size(bytes)}: risponde in un minuto, su ogni dispositivo. È piccolo, e sbaglia spesso.`,
      better: (name, bytes) => `Prendi ${name} (${size(bytes)})`,
      betterDetail:
        'Risposte molto migliori, con il chip grafico di questo dispositivo. Si scarica una volta sola; si può mettere in pausa e riprende da dove si era fermato.',
      choose: 'Vedi che cosa è adatto qui',
      chooseDetail:
        'Llama 2 7B è troppo grande qui. Ci sono modelli più piccoli, e uno più adatto degli altri.',
      noneTitle: 'Llama 2 qui non può funzionare',
    },
    suggestions: [
      'What is the capital of France?',
      'Explain gravity to a ten-year-old.',
      'Write a short thank-you note to a neighbour.',
    ],
    suggestionsLabel: 'Suggerimenti',
  },
  composer: {
    label: 'Messaggio',
    placeholder: 'Scrivi un messaggio',
    send: 'Invia',
    stop: 'Ferma',
    stopping: 'Mi fermo…',
    busy: 'Una risposta alla volta: aspetta che finisca, o fermala.',
    attach: 'Allega documenti',
    pin: 'Fissa un’istruzione',
    pinLabel: 'Istruzione fissata',
    pinHint: 'Accompagna ogni messaggio di questa chat, per esempio: rispondi in una frase.',
    pinScore: (held, of) => `rispettata ${held} volte su ${of}`,
    pinned: (text) => `Fissata: ${text}`,
  },
};
