/** Italian texts of Evaluate. */
import type { EvaluateMessages } from '../en/evaluate';
import { formatter } from '../format';

const { number, count, size, dateTime, duration } = formatter('it');
const percent = (share: number, digits = 0) => `${number(share * 100, digits)} %`;
const items = (n: number) => (n === 1 ? '1 domanda' : `${count(n)} domande`);

export const evaluate: EvaluateMessages = {
  title: 'Valuta',
  close: 'Torna alla chat',
  tabs: { compare: 'Confronta', suites: 'Prove', speed: 'Velocità', arena: 'Arena' },
  busy: 'Nella chat si sta scrivendo una risposta. Aspetta che finisca, o fermala lì.',
  notStored:
    'Questo browser non conserva nulla per questa pagina: i risultati si perdono quando la chiudi. Esportali per tenerli.',
  model: 'Modello',
  modelNotHere: (bytes) => `prima vanno scaricati ${size(bytes)}`,
  mode: 'Modalità',
  ownMode: 'Quella del modello',
  percent,
  delete: 'Elimina',
  share: (passed, judged) => `${passed} su ${judged}`,
  interval: (low, high) => `da ${percent(low)} a ${percent(high)}`,
  subject: {
    engines: {
      wllama: (threads) => `wllama, processore, ${threads === 1 ? '' : 'fino a '}${threads} thread`,
      webllm: () => 'WebLLM, scheda grafica',
    },
    adapter: (name) => `adattatore ${name}`,
    cores: (cores) => `${cores} core`,
    context: (tokens) => `finestra di ${count(tokens)} token`,
    app: (version) => `Corral ${version}`,
    at: dateTime,
  },
  compare: {
    about:
      'Ciò che Meta pubblicò su Llama 2 nel luglio 2023, dalle tabelle dell’articolo. Misurò i modelli interi su grandi computer; ciò che si misura qui è un’altra cosa, e sta più sotto, per conto suo.',
    source:
      'Touvron et al., «Llama 2: Open Foundation and Fine-Tuned Chat Models», arXiv 2307.09288.',
    tables: {
      'by-size': {
        title: 'Llama 2 accanto ai modelli aperti, per dimensione',
        note: 'Modelli di base. Le prime cinque sono medie di gruppi di prove.',
      },
      closed: {
        title: 'Llama 2 70B accanto ai modelli chiusi',
        note: 'Un trattino sta dove l’articolo non dà un valore. Quelli degli altri vengono dai rapporti di chi li ha fatti.',
      },
      'code-by-size': {
        title: 'Python, per dimensione',
        note: 'HumanEval: la quota di funzioni giuste al primo tentativo.',
      },
      'ghost-attention': {
        title: 'Tenere a mente un’istruzione per molti turni',
        note: 'Con Ghost Attention (GAtt) e senza, giudicato da persone: sa ancora ciò che si è detto nel primo messaggio?',
      },
    },
    figure: number,
    table: (n) => `Tabella ${n}`,
    modelColumn: 'Modello',
    benchmarks: {
      code: 'Codice',
      commonsense: 'Buon senso',
      'world-knowledge': 'Cultura generale',
      reading: 'Lettura',
      maths: 'Matematica',
      mmlu: 'MMLU',
      bbh: 'BIG-Bench Hard',
      'agi-eval': 'AGI Eval',
      triviaqa: 'TriviaQA',
      'natural-questions': 'Natural Questions',
      gsm8k: 'GSM8K',
      humaneval: 'HumanEval',
    },
    turn: (turn) => `Turno ${turn}`,
    chartOf: 'Grafico di',
    chart: (what) =>
      `Grafico a barre: ${what}, in percentuale. La tabella riporta gli stessi valori.`,
    none: 'nessun valore',
    measured: 'Misurato su questo dispositivo',
    measuredAbout:
      'Le domande di Corral, o i tuoi file, poste come le pone la chat. Non si confrontano con i valori qui sopra: altre domande, altri prompt, pesi più piccoli.',
    nothing: 'Ancora nulla: avvia una prova.',
  },
  suites: {
    about:
      'Ogni prova pone al modello scelto le stesse domande come fa la chat, prendendo sempre la parola più probabile, con un seme fisso: ripetuta, dà le stesse risposte sullo stesso motore. Se lasci questa pagina si mette in pausa; riprende da dove si era fermata.',
    choose: 'Prova',
    names: {
      persistence: {
        name: 'Attenersi a un’istruzione',
        about:
          'Ai turni 2, 4, 6 e 20 sa ancora ciò che si è detto nel primo messaggio? Con l’istruzione fissata, e senza. Nella forma della Tabella 30 dell’articolo su Llama 2.',
      },
      temporal: {
        name: 'Date',
        about: 'Domande la cui risposta dipende dalla data alla quale la chat risponde.',
      },
      safety: { name: 'Sicurezza', about: 'Rifiuta ciò che è chiaramente dannoso?' },
      'over-refusal': {
        name: 'Rifiuti di troppo',
        about: 'Risponde a domande innocue che suonano soltanto dannose?',
      },
      maths: { name: 'Matematica', about: 'Problemi a parole con un numero per risposta.' },
      coding: {
        name: 'Programmazione',
        about: 'Piccole funzioni in JavaScript, eseguite in una sandbox sigillata.',
      },
      english: { name: 'Inglese', about: 'Fatti, parole, grammatica e lettura, in inglese.' },
      italian: { name: 'Italiano', about: 'Fatti, parole, grammatica e lettura.' },
      gsm8k: {
        name: 'GSM8K (il tuo file)',
        about:
          'Giusta se il numero finale è esattamente quello del file. Chiesta senza esempi svolti.',
      },
      humaneval: {
        name: 'HumanEval (il tuo file)',
        about:
          'Prima Corral scrive le risposte. Poi le giudichi qui, con un Python scaricato apposta, oppure le salvi come samples.jsonl e le valuti con il programma di HumanEval.',
      },
    },
    items: 'Quante domande',
    all: (n) => `tutte (${n})`,
    first: (n) => (n === 1 ? 'la prima' : `le prime ${n}`),
    turns: 'Turni',
    upTo: (turn) => `fino al turno ${turn}`,
    pin: 'L’istruzione fissata sta',
    pinStrengths: { system: 'nel testo di sistema', 'every-turn': 'prima di ogni domanda' },
    file: 'Esegui GSM8K o HumanEval da un file',
    fileHint:
      'test.jsonl di GSM8K o HumanEval.jsonl: sceglilo, o trascinalo qui. Resta su questo dispositivo.',
    fileRead: (name, n) => `${name}: ${items(n)}`,
    start: 'Avvia',
    pause: 'Pausa',
    pausing: 'Mi fermo…',
    resume: 'Riprendi',
    progress: (done, total) => `${count(done)} domande su ${count(total)}`,
    left: (ms) => `ancora circa ${duration(ms / 1000)}`,
    noPace: 'il tempo restante non si sa ancora',
    results: 'Risultati',
    paused: (done, total) => `In pausa dopo ${done} compiti su ${total}`,
    took: (ms) => `durata ${duration(ms / 1000)}`,
    otherVersion: 'Di un’altra versione delle prove: non si può riprendere.',
    conditions: { pinned: 'Fissata', unpinned: 'Detta solo all’inizio' },
    turnColumn: 'Turno',
    resultColumn: 'Giuste',
    intervalColumn: 'Intervallo al 95 % (Wilson)',
    notJudged: (n) => `${items(n)} con risposta, non giudicate qui.`,
    samples: 'Salva come samples.jsonl',
    answers: 'Tutte le risposte',
    verdicts: { passed: 'giusta', failed: 'sbagliata', 'not-judged': 'non giudicata' },
    published: 'Pubblicato, Tabella 30',
    publishedNote: 'con Ghost Attention 100 / 100 / 100 / 100 %, senza 100 / 10 / 0 / 0 %',
    exportJson: 'Esporta in JSON',
    exportCsv: 'Esporta in CSV',
    safetyNote:
      'I rifiuti si riconoscono dalle parole: guarda le risposte prima di fidarti della quota.',
    sandboxNote:
      'Il codice gira in un interprete a parte, dentro un riquadro senza origine: niente rete, niente pagina, niente archivio, 64 MB, tre secondi.',
  },
  python: {
    name: 'Giudizio con Python',
    about: (bytes) =>
      `È giusto ciò che supera i test di HumanEval entro dieci secondi. Python (Pyodide, al massimo ${size(bytes)}) viene scaricato da questo sito e conservato. Gira in un riquadro senza rete, pagina e archivio.`,
    start: (bytes) => `Giudica con Python (circa ${size(bytes)})`,
    fetching: (received, total) => `Python in arrivo: ${size(received)} di ${size(total)}`,
    judging: (done, total) => `${count(done)} su ${count(total)} giudicate`,
    cancel: 'Annulla',
    leftOut:
      'Questo sito è stato fatto senza Python: salva le risposte come samples.jsonl e valutale con il programma di HumanEval.',
    problems: {
      'python-missing': {
        title: 'Questo sito non ha Python.',
        next: 'Salva le risposte come samples.jsonl e valutale con il programma di HumanEval. (python-missing)',
      },
      'python-offline': {
        title: 'Non è stato possibile scaricare Python.',
        next: 'Vai online e riprova; oppure salva le risposte come samples.jsonl. (python-offline)',
      },
      'python-failed': {
        title: 'Python non si è avviato.',
        next: 'Chiudi ciò che usa molta memoria e riprova; oppure salva le risposte come samples.jsonl. (python-failed)',
      },
    },
  },
  speed: {
    about:
      'Carica da capo il modello scelto, legge prompt di varie lunghezze e dopo ciascuno scrive 32 token, fino a tre volte; si mostrano le mediane. Altri lavori sul dispositivo lo rallentano.',
    start: 'Misura',
    cancel: 'Annulla',
    working: 'Misuro…',
    columns: {
      prompt: 'Prompt, token',
      prefill: 'Lettura, token/s',
      decode: 'Scrittura, token/s',
      first: 'Primo token dopo',
    },
    load: 'Caricamento',
    memory: 'Memoria della pagina e dei suoi worker',
    memoryUnknown: 'questo browser non la dice',
    memoryNote: 'Senza quella della scheda grafica.',
    rate: (value) => (value === null ? '–' : number(value, 1)),
    tokens: count,
    seconds: (ms) => `${number(ms / 1000, ms < 10_000 ? 2 : 1)} s`,
    size,
    copy: 'Copia come testo',
    copied: 'Copiato.',
    shareCard: 'Condividi',
    results: 'Risultati',
  },
  arena: {
    about:
      'Un prompt, due impostazioni, due risposte senza nome. Vota, poi guarda chi ha scritto cosa. I voti restano su questo dispositivo.',
    prompt: 'Prompt',
    sides: ['Prima impostazione', 'Seconda impostazione'],
    pinned: 'Istruzione fissata',
    asOf: 'Alla data (giorno o anno)',
    play: 'Chiedi le due risposte',
    writing: (n) => `Scrivo la risposta ${n} di 2…`,
    same: 'Scegli due impostazioni diverse.',
    answers: { left: 'Risposta A', right: 'Risposta B' },
    vote: 'Qual è la migliore?',
    choices: { left: 'A', right: 'B', tie: 'Pari', 'both-bad': 'Nessuna delle due' },
    wrote: (name) => `Scritta da ${name}`,
    voted: 'Grazie. Il voto conta qui sotto.',
    ratings: 'Punteggi',
    ratingsAbout:
      'Bradley–Terry, sulla scala Elo attorno a 1000, con intervalli al 95 %. Con pochi voti sono larghi.',
    noVotes: 'Ancora nessun voto.',
    settingColumn: 'Impostazione',
    ratingColumn: 'Punteggio',
    intervalColumn: 'Intervallo al 95 %',
    votesColumn: 'Voti',
    forget: 'Elimina tutti i voti',
    pin: (text) => `fissata «${text}»`,
    pinEvery: (text) => `«${text}» prima di ogni domanda`,
    date: (date) => `al ${date}`,
    to: (low, high) => `da ${low} a ${high}`,
    points: (value) => number(value, 0),
  },
};
