/** Italian texts of the pinned instruction's panel, and of summaries. */
import type { PinTexts } from '../en/pin';

export const pin: PinTexts = {
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
      followed: 'Ha rispettato l’istruzione fissata',
      broken: 'Non ha rispettato l’istruzione fissata',
      unclear: 'Non è chiaro se abbia rispettato l’istruzione fissata',
    },
    overTurns: 'Turno per turno, dal più vecchio',
    remind: 'Rigenera con il promemoria',
  },
};
