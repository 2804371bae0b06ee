/** Italian texts of a chat's own settings, and of the best of several answers. */
import type { ChatSettingsMessages } from '../en/chat-settings';
import { formatter } from '../format';

const { number } = formatter('it');

export const chatSettings: ChatSettingsMessages = {
  instructions: {
    more: 'Prompt di sistema e campionamento',
    systemPrompt: 'Prompt di sistema',
    systemPromptHint:
      'Chi deve essere il modello e come deve rispondere. Segue le parole della modalità.',
    sampling: 'Campionamento',
    own: (value) => `quello del modello: ${value}`,
    fields: {
      temperature: 'Temperatura',
      topP: 'Top-p',
      topK: 'Top-k',
      minP: 'Min-p',
      repeatPenalty: 'Penalità di ripetizione',
      frequencyPenalty: 'Penalità di frequenza',
      presencePenalty: 'Penalità di presenza',
      maxAnswerTokens: 'Risposta più lunga, in token',
      thoughtTokens: 'Pensieri più lunghi, in token',
      seed: 'Seme',
    },
    notes: {
      temperature: '0 prende ogni volta la parola più probabile; più alta è più vivace.',
      topP: 'Solo dalle parole più probabili che insieme fanno questa quota.',
      topK: 'Solo da questo numero di parole più probabili. 0 è nessun limite.',
      minP: 'Solo da parole che hanno almeno questa quota della probabilità della prima. 0 è nessun limite.',
      repeatPenalty: '1 è nessuna.',
      frequencyPenalty: 'Rende una parola meno probabile ogni volta che è scritta. 0 è nessuna.',
      presencePenalty: 'Rende una parola meno probabile una volta scritta. 0 è nessuna.',
      maxAnswerTokens: 'Al massimo metà di ciò che il modello tiene.',
      thoughtTokens:
        'Poi sono chiusi e il modello deve rispondere. Al massimo metà della risposta più lunga.',
      seed: 'Lo stesso numero dà la stessa risposta alla stessa domanda, a qualunque temperatura.',
    },
    stop: 'Fermati a',
    stopHint: (count) =>
      `Fino a ${count} testi, uno per riga; \\n è un a capo. La risposta finisce prima di essi.`,
    outOfRange: (min, max) => `Da ${min} a ${max}.`,
    random: 'uno nuovo ogni volta',
    none: 'nessuno',
    reset: 'Torna a quelli del modello',
    value: (value) => value.toLocaleString('it', { maximumFractionDigits: 2 }),
  },
  thinking: {
    title: 'Pensieri',
    on: 'Pensa prima',
    off: 'Rispondi subito',
    hint: 'I pensieri migliorano le risposte alle domande difficili, e le rallentano tutte.',
  },
  preset: {
    label: 'Profilo',
    plain: 'Nessuno',
    custom: 'Una combinazione tua',
    builtIn: 'Pronti',
    own: 'Tuoi',
    manage: 'I tuoi profili',
    name: 'Nome',
    save: 'Salva le impostazioni di questa chat',
    empty: 'Ancora nessuno. Salva con un nome ciò che è impostato qui, per riusarlo.',
    rename: (name) => `Rinomina ${name}`,
    remove: (name) => `Elimina ${name}`,
    nameTaken: 'Scegli un nome che non sia già preso.',
    export: 'Esporta',
    import: 'Importa',
    imported: (count) =>
      count === 1 ? '1 profilo o testo pronto letto.' : `${count} profili e testi pronti letti.`,
    fileName: 'profili-corral.json',
  },
  snippet: {
    manage: 'I tuoi testi pronti',
    empty:
      'Ancora nessuno. Un testo pronto è un testo che usi più volte: scrivi «/» nel campo vuoto del messaggio per sceglierne uno.',
    variables:
      'In un testo, {{clipboard}}, {{date}} e {{selection}} stanno per ciò che hai copiato, per la data di oggi e per il testo della chat che hai selezionato per ultimo.',
    name: 'Nome del testo pronto',
    text: 'Testo',
    nameOf: (name) => `Nome di ${name}`,
    textOf: (name) => `Testo di ${name}`,
    add: 'Aggiungi il testo pronto',
    remove: (name) => `Elimina ${name}`,
    notKept: 'Scegli un nome che non sia già preso e un testo.',
    list: 'Testi pronti e profili',
    preset: 'profilo',
    count: (count) => (count === 1 ? '1 suggerimento' : `${count} suggerimenti`),
    noClipboard:
      'Il browser non ha lasciato leggere gli appunti a Corral. Incollali tu: il cursore è al loro posto.',
    emptyClipboard: 'Negli appunti non c’è testo: il loro posto è vuoto.',
  },
  bestOf: {
    label: 'La migliore di',
    button: (count) => `La migliore di ${count}`,
    count: 'Quante risposte',
    hint: 'Scrive più risposte, le fa valutare al modello e tiene la migliore.',
    writing: (at, of) => `Scrivo la risposta ${at} di ${of}…`,
    grading: (at, of) => `Valuto: ${at} di ${of}…`,
    title: (count) => `La migliore di ${count}: tutte le risposte e i loro voti`,
    candidate: (nth) => `Risposta ${nth}`,
    helpful: 'Utile',
    safe: 'Sicura',
    grade: (value) => number(value, 2),
    notGraded: 'non valutata',
    shown: 'mostrata',
    pick: (nth) => `Mostra la risposta ${nth}`,
    won: {
      helpful: (nth) => `Ha vinto la risposta ${nth}: la più utile tra quelle abbastanza sicure.`,
      safetyFirst: (nth) =>
        `Ha vinto la risposta ${nth}: la più sicura, perché questa chat era Prudente.`,
      safe: (nth) =>
        `Ha vinto la risposta ${nth} per la sua sicurezza: nessun’altra ha avuto un punteggio migliore.`,
    },
    nobody: 'Nessuna risposta è stata valutata: si mostra la prima.',
    how: (threshold) =>
      `Il modello ha valutato le proprie risposte. Una risposta conta per la sua utilità, ma per la sua sicurezza se questa è sotto ${number(threshold, 2)}.`,
    howCareful:
      'Il modello ha valutato le proprie risposte. In una chat Prudente contano per la loro sicurezza.',
    chance: (name) =>
      `${name} è troppo piccolo per giudicare: nelle nostre prove i suoi voti non valevano più del caso. Scegli tu.`,
  },
};
