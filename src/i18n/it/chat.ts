/** Italian texts of the conversation and the field below it. */
import type { ChatMessages } from '../en/chat';
import { formatter } from '../format';

const { number, size, moment } = formatter('it');

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
    pin: 'Fissa un’istruzione',
    pinLabel: 'Istruzione fissata',
    pinHint: 'Accompagna ogni messaggio di questa chat, per esempio: rispondi in una frase.',
    pinned: (text) => `Fissata: ${text}`,
  },
  message: {
    list: 'Conversazione',
    question: 'Domanda',
    answer: 'Risposta',
    waiting: 'Mi preparo…',
    reading: (percent) => `Leggo il messaggio: ${percent} %`,
    thoughts: 'Pensieri',
    stopped: 'Fermata.',
    unfinished: 'Incompleta: la risposta è stata interrotta.',
    cutShort: 'È stato raggiunto il limite di lunghezza della risposta.',
    retry: 'Riprova',
    takeBack: 'Modifica il messaggio',
    notSeen: 'Il modello non vede più i messaggi sopra questa linea: la sua memoria è piena.',
    figures: (tokensPerSecond, firstTokenMs, prefilledTokens, reusedTokens) =>
      `${number(tokensPerSecond, 1)} token/s · primo token dopo ${number(firstTokenMs / 1000, 1)} s · ${prefilledTokens} letti, ${reusedTokens} riusati`,
    figuresDetail: (prompt, cached, completion) =>
      `${prompt} token letti, di cui ${cached} già in memoria; ${completion} scritti`,
    done: 'Risposta completata.',
    goOn: 'Continua',
    answerNow: 'Chiedi una risposta',
    useSmaller: (name) => `Usa ${name}, che richiede meno memoria`,
    exportChat: 'Esporta questa chat',
    saveAgain: 'Salva di nuovo',
    actions: 'Azioni sul messaggio',
    copy: 'Copia',
    copied: 'Copiato.',
    copyFailed: 'Il browser non l’ha permesso.',
    copyMarkdown: 'Copia come Markdown',
    edit: 'Modifica',
    editLabel: 'Modifica il tuo messaggio',
    editSend: 'Salva e chiedi',
    editCancel: 'Annulla',
    regenerate: 'Un’altra risposta',
    more: 'Altro',
    showDetails: 'Mostra i dettagli',
    hideDetails: 'Nascondi i dettagli',
    delete: 'Elimina',
    branch: (at, of) => `${at} / ${of}`,
    branches: 'Versioni',
    earlierBranch: 'Versione precedente',
    laterBranch: 'Versione successiva',
    earlierTurns: 'Messaggi precedenti',
    laterTurns: 'Messaggi successivi',
    by: (names) => names.join(', poi '),
    moment,
  },
};
