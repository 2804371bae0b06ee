/** Italian texts of the messages of a chat. */
import type { MessageTexts } from '../en/messages';
import { formatter } from '../format';

const { number, moment } = formatter('it');

export const messages: MessageTexts = {
  message: {
    list: 'Conversazione',
    question: 'Domanda',
    answer: 'Risposta',
    waiting: 'Mi preparo…',
    waitsForAnswer: 'Aspetto: il modello sta rispondendo in un’altra scheda…',
    waitsForLoad: 'Aspetto: un’altra scheda sta caricando un modello…',
    reading: (percent) => `Leggo il messaggio: ${percent} %`,
    thoughts: 'Pensieri',
    thinking: (s) => `Sto pensando… ${s} s`,
    stopped: 'Fermata.',
    unfinished: 'Incompleta: la risposta è stata interrotta.',
    cutShort: 'È stato raggiunto il limite di lunghezza della risposta.',
    retry: 'Riprova',
    acceptChange: 'Accetta il cambiamento',
    editMessage: 'Modifica il messaggio',
    notSeen: 'Il modello non vede più i messaggi sopra questa linea: la sua memoria è piena.',
    stats: (tokensPerSecond, firstTokenMs, prefilledTokens, reusedTokens) =>
      `${number(tokensPerSecond, 1)} token/s · primo token dopo ${number(firstTokenMs / 1000, 1)} s · ${prefilledTokens} letti, ${reusedTokens} riusati`,
    statsDetail: (prompt, cached, completion) =>
      `${prompt} token letti, di cui ${cached} già in memoria; ${completion} scritti`,
    done: 'Risposta completata.',
    continueAnswer: 'Continua',
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
