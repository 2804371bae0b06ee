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
    goOnFromEnd: 'Continua dalla fine',
    takeEnd: (keep, of) => `Invia la fine: gli ultimi ${whole(keep)} di ${whole(of)} caratteri`,
    cutFrom: (keep, of) =>
      `La fine di un messaggio più lungo: ${whole(keep)} di ${whole(of)} caratteri.`,
  },
  summary: {
    make: 'Riassumili per il modello',
    making: 'Riassumo…',
    request:
      'Riassumi la nostra conversazione fin qui in poche frasi brevi: chi ha detto che cosa, e i fatti che serviranno dopo.',
    title: (model, messages) => `Riassunto di ${messages} messaggi precedenti, scritto da ${model}`,
    remove: 'Togli il riassunto',
  },
  pin: {
    strength: 'Dove sta',
    strengths: {
      system: 'Nel testo di sistema',
      'every-turn': 'Con ogni messaggio',
    },
    strengthHint: 'Con ogni messaggio occupa più spazio, e aiuta i modelli che dimenticano.',
    check: 'Controlla le risposte',
    checks: {
      none: 'Nessun controllo',
      emoji: 'Contiene un’emoji',
      language: 'È scritta in',
      'max-words': 'Ha al massimo tante parole',
      'max-characters': 'Ha al massimo tanti caratteri',
      'ends-with': 'Finisce con',
      pattern: 'Corrisponde a un’espressione regolare',
    },
    languages: {
      en: 'inglese',
      it: 'italiano',
      fr: 'francese',
      de: 'tedesco',
      es: 'spagnolo',
      pt: 'portoghese',
    },
    value: 'Che cosa controllare',
    invalid: {
      language: 'Scegli una lingua.',
      'max-words': 'Scrivi un numero intero da 1 in su.',
      'max-characters': 'Scrivi un numero intero da 1 in su.',
      'ends-with': 'Scrivi il testo con cui finiscono le risposte.',
      pattern: 'Questa non è un’espressione regolare che si possa usare qui.',
    },
    done: 'Fatto',
    verdicts: {
      held: 'Ha rispettato l’istruzione fissata',
      broken: 'Non ha rispettato l’istruzione fissata',
      unclear: 'Non è chiaro se abbia rispettato l’istruzione fissata',
    },
    score: (held, of) => `rispettata ${held} volte su ${of}`,
    overTurns: 'Turno per turno, dal più vecchio',
    remind: 'Rigenera con il promemoria',
  },
};
