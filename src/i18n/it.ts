/** Italian texts. */
import type { ErrorMessages, Messages } from './en';
import { formatter } from './format';
import { itMarkdown } from './it-markdown';

const { number, megabytes, size, time, duration } = formatter('it');

export const it: Messages = {
  app: {
    name: 'Corral',
    newChat: 'Nuova chat',
    privacy: 'Privato: ciò che scrivi resta su questo dispositivo.',
    skip: 'Vai al campo del messaggio',
  },
  empty: {
    title: 'Un modello linguistico, sul tuo dispositivo',
    text: 'Chiedi quello che vuoi. Risponde un modello dentro questo browser: nessun account, nessun server, nulla viene inviato.',
    firstUse: (bytes) =>
      `La prima domanda scarica il modello una volta sola (${size(bytes)}). Poi resta qui.`,
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
    stopped: 'Fermata.',
    unfinished: 'Incompleta: la risposta è stata interrotta.',
    cutShort: 'È stato raggiunto il limite di lunghezza della risposta.',
    retry: 'Riprova',
    takeBack: 'Modifica il messaggio',
    notSeen: 'Il modello non vede più i messaggi sopra questa linea: la sua memoria è piena.',
    figures: (tokensPerSecond, firstTokenMs) =>
      `${number(tokensPerSecond, 1)} token/s · primo token dopo ${number(firstTokenMs / 1000, 1)} s`,
    figuresDetail: (prompt, cached, completion) =>
      `${prompt} token letti, di cui ${cached} già in memoria; ${completion} scritti`,
    done: 'Risposta completata.',
  },
  markdown: itMarkdown,
  model: {
    status: 'Modello',
    button: (name, state) => `Modelli: ${name}, ${state}`,
    states: {
      unknown: 'verifica in corso',
      absent: 'non ancora su questo dispositivo',
      downloading: 'in download',
      paused: 'in pausa',
      stored: 'su questo dispositivo',
      loading: 'in caricamento',
      checking: 'controllo',
      ready: 'pronto',
      failed: 'errore',
    },
    downloading: (name, received, total) =>
      `Scarico ${name}: ${megabytes(received)} di ${megabytes(total)} MB`,
    paused: (name, received, total) =>
      `${name}: in pausa a ${megabytes(received)} di ${megabytes(total)} MB`,
    pause: 'Pausa',
    resume: 'Riprendi',
    speed: (bytesPerSecond) => `${number(bytesPerSecond / 1e6, 1)} MB/s`,
    timeLeft: (s) => `ancora ${duration(s)}`,
    loading: (name) => `Carico ${name}…`,
    checking: (name) => `Controllo ${name}…`,
    cancel: 'Annulla',
    downloadAgain: 'Scarica di nuovo',
    title: 'Modelli',
    close: 'Chiudi',
    deviceTitle: 'Questo dispositivo',
    size,
    engines: { wllama: 'gira sul processore', webllm: 'gira sulla scheda grafica (WebGPU)' },
    notes: {
      'built-in': () => 'Incluso. Piccolo e veloce, e spesso in errore: verifica ciò che dice.',
      'llama-2': (licence) =>
        `Llama 2 di Meta. Si scarica da Hugging Face alla prima domanda; l’uso è soggetto alla ${licence}.`,
      tinyllama: () =>
        'Un parente piccolo di Llama 2, addestrato da altri. Si scarica da Hugging Face alla prima domanda.',
      cria: () =>
        'Llama 2 in miniatura, per provare il motore grafico. Sa venti capitali e poco altro.',
      own: () => 'Aggiunto da te. La sua licenza la verifichi tu.',
    },
    needsMemory: (bytes) => `circa ${size(bytes)} di memoria`,
    context: (tokens) => `${number(tokens, 0)} token di contesto`,
    licence: 'Licenza',
  },
  licence: {
    intro: (name) => `${name} si può usare gratis alle condizioni di Meta. Le principali:`,
    terms: [
      'Puoi usare, copiare e modificare il modello, anche in un’impresa, e passarlo ad altri con la licenza e l’avviso qui sotto.',
      'Rispetti la politica d’uso accettabile di Meta: niente danni alle persone, niente violazioni di legge, niente inganni.',
      'Non usi il modello o le sue risposte per migliorare un altro grande modello linguistico.',
      'Un’azienda i cui prodotti avevano più di 700 milioni di utenti al mese all’uscita di Llama 2 ha bisogno di una licenza propria da Meta.',
    ],
    whole: 'A vincolarti è il testo intero:',
    fullText: 'licenza',
    policy: 'politica d’uso accettabile',
    accept: 'Accetta',
    decline: 'Non ora',
  },
  manage: {
    title: 'Spazio su questo dispositivo',
    label: (name) => `${name} su questo dispositivo`,
    stored: (bytes) => `Su questo dispositivo: ${size(bytes)}`,
    check: 'Controlla',
    checkModel: (name) => `Controlla ${name}`,
    delete: 'Elimina',
    deleteModel: (name) => `Elimina ${name} da questo dispositivo`,
    checking: 'Controllo…',
    whole: (files) => `Controllato: tutti i ${files} file sono come prima.`,
    damaged: (damaged, files) =>
      `${damaged} file su ${files} erano danneggiati. Il prossimo uso scarica solo quelli.`,
    failed: 'Il controllo non è riuscito. Riprova.',
    download: 'Scarica',
    downloadModel: (name) => `Scarica ${name}`,
    remove: 'Togli',
    removeModel: (name) => `Togli ${name} dall’elenco`,
    total: (bytes) => `Tutti i modelli su questo dispositivo: ${size(bytes)}.`,
    deleteAll: 'Elimina tutti',
    deleteAllModels: 'Elimina tutti i modelli da questo dispositivo',
    free: (bytes) =>
      `Offre posto per circa ${size(bytes)} in più, secondo la sua stima; il disco può riempirsi prima.`,
    kept: 'Questo browser tiene i modelli finché non li elimini.',
    notKept: 'Questo browser può eliminare i modelli quando manca spazio sul dispositivo.',
  },
  privacy: {
    open: 'Come lo so?',
    title: 'Riservatezza',
    text: 'I tuoi messaggi vanno a un motore dentro questo browser e da nessun’altra parte. Si scaricano solo i file dell’app e i modelli che scegli.',
    sealed: 'Il motore è sigillato: il browser non gli lascia aprire nessuna connessione.',
    notSealed:
      'Il motore non è sigillato: questo server non manda l’intestazione che gli vieta ogni connessione.',
    notStarted: 'Il motore non è ancora partito. Con la prima domanda vedrai qui se è sigillato.',
    fetched: 'Scaricato da quando questa pagina è aperta',
    host: 'Da',
    ownHost: (host) => `${host} (questo sito)`,
    requests: 'File',
    amount: 'Quantità',
    last: 'Ultimo',
    time,
  },
  add: {
    title: 'Aggiungi un tuo modello',
    text: 'Un file GGUF, oppure una cartella MLC con la sua libreria compilata. Deve parlare il formato di Llama 2, ChatML o Zephyr.',
    modelAddress: 'Indirizzo del file o della cartella',
    libraryAddress: 'Indirizzo della libreria (.wasm), per una cartella',
    add: 'Aggiungi',
    adding: 'Lo esamino…',
    fromDevice:
      'Oppure da questo dispositivo: non si scarica nulla. Puoi anche trascinare qui i file.',
    pickFile: 'Scegli un file GGUF',
    pickFolder: 'Scegli una cartella MLC',
  },
  recommendation: {
    title: (name) => `Il migliore qui: ${name}`,
    phone: 'i telefoni hanno troppo poca memoria per 7B.',
    'little-memory': 'questo dispositivo ha troppo poca memoria per 7B.',
    'no-f16': 'questo chip grafico non ha numeri a 16 bit.',
    roomy: 'questo chip grafico accetta buffer grandi: dovrebbero starci tutti i 4.096 token.',
    usual:
      'i numeri a 16 bit risparmiano memoria, e 1.024 token stanno in quasi ogni chip grafico.',
  },
  notOffered:
    'Non offerti: Llama 2 34B, mai pubblicato da Meta, e 70B, che vuole circa 40 GB di memoria.',
  reasons: {
    'no-webgpu': 'Questo browser non ha WebGPU: i modelli girano sul processore.',
    'no-adapter':
      'Questo browser conosce WebGPU ma non trova una scheda grafica utilizzabile: i modelli girano sul processore.',
    'gpu-no-f16':
      'Questa scheda grafica non ha i numeri a 16 bit di cui questo modello ha bisogno.',
    'gpu-small-buffers':
      'Questa scheda grafica non può contenere un buffer grande quanto serve a questo modello.',
    'too-little-memory': (needBytes, haveGb) =>
      `Questo modello richiede ${size(needBytes)} di memoria, e questo dispositivo ne ha circa ${haveGb} GB.`,
    'gpu-ready': (gpu) => `WebGPU è pronto (${gpu}): qui Llama 2 può girare.`,
    'cpu-threads': (threads) => `Il modello incluso usa ${threads} thread del processore.`,
    'cpu-one-thread':
      'Questa pagina non è isolata (cross-origin): il modello incluso usa un solo thread del processore.',
  },
  storageWarning:
    'Questo browser non permette a Corral di salvare nulla: ricaricando, la chat va persa.',
  errorCode: (code) => `Codice di errore: ${code}`,
};

export const itErrors: ErrorMessages = {
  offline: () => ({
    title: 'Sei offline e il modello non è ancora su questo dispositivo.',
    next: 'Torna online e riprova; ciò che è stato scaricato resta.',
  }),
  'download-failed': ({ status }) => ({
    title: `Non è stato possibile scaricare il modello${status ? ` (il server ha risposto ${status})` : ''}.`,
    next: 'Riprova; ciò che è stato scaricato resta.',
  }),
  'download-incomplete': ({ receivedBytes, totalBytes }) => ({
    title: `Il download si è interrotto a ${size(Number(receivedBytes))} di ${size(Number(totalBytes))}.`,
    next: 'Riprova: riparte da dove si è fermato.',
  }),
  'model-missing': () => ({
    title: 'Il modello non è più su questo dispositivo.',
    next: 'Scaricalo di nuovo.',
  }),
  'model-not-a-model': () => ({
    title: 'Il server ha risposto con qualcosa che non è un modello.',
    next: 'Se la rete ha una pagina di accesso, accedi e riprova.',
  }),
  'model-damaged': () => ({
    title: 'Il file del modello è danneggiato.',
    next: 'Scaricalo di nuovo.',
  }),
  'model-address': () => ({
    title: 'Questo non è l’indirizzo di un modello.',
    next: 'Indica l’indirizzo https di un file .gguf, oppure di una cartella MLC e della sua libreria .wasm.',
  }),
  'host-not-allowed': ({ host }) => ({
    title: `Corral non può scaricare da ${host ?? 'quell’host'}.`,
    next: 'Scarica tu i file e aggiungili da questo dispositivo, oppure chiedi a chi gestisce il sito di ammettere l’host.',
  }),
  'files-not-a-model': () => ({
    title: 'Questi file non sono un modello.',
    next: 'Scegli un file .gguf, oppure una cartella MLC con mlc-chat-config.json e la sua libreria .wasm.',
  }),
  'file-missing': ({ file }) => ({
    title: `Nella cartella manca un file${file ? `: ${file}` : ''}.`,
    next: 'Scegli una cartella completa.',
  }),
  'file-damaged': ({ file }) => ({
    title: `Questo file è danneggiato o incompleto${file ? `: ${file}` : ''}.`,
    next: 'Procuratelo di nuovo da dove l’hai preso e aggiungilo ancora.',
  }),
  'files-needed': () => ({
    title: 'I file del modello non sono stati copiati fino in fondo.',
    next: 'Aggiungili di nuovo: Corral può leggerli solo finché la pagina è aperta.',
  }),
  'prompt-format-unknown': () => ({
    title: 'Corral non sa come si parla a questo modello.',
    next: 'Conosce i formati di Llama 2, ChatML e Zephyr. Scegli un altro modello.',
  }),
  'storage-quota': ({ needBytes }) => ({
    title: `Non c’è abbastanza spazio per il modello${needBytes ? ` (${size(Number(needBytes))})` : ''}.`,
    next: 'Libera spazio sul dispositivo, o esci dalla navigazione privata, poi riprova.',
  }),
  'storage-unavailable': () => ({
    title: 'Questo browser non permette a Corral di salvare il modello.',
    next: 'Consenti i dati dei siti per questa pagina, o esci dalla navigazione privata, poi riprova.',
  }),
  'library-damaged': () => ({
    title: 'La libreria compilata del modello è danneggiata.',
    next: 'Scarica di nuovo il modello.',
  }),
  'library-mismatch': () => ({
    title:
      'La libreria compilata del modello non va d’accordo con i suoi pesi o con questa versione dell’app.',
    next: 'Scarica di nuovo il modello, o scegline un altro.',
  }),
  'engine-file-missing': ({ file }) => ({
    title: `Manca una parte del motore${file ? ` (${file})` : ''}.`,
    next: 'Ricarica la pagina. Se succede ancora, il sito non è stato installato per intero.',
  }),
  'engine-failed': () => ({
    title: 'Il motore ha avuto un errore.',
    next: 'Riprova, o scegli un altro modello.',
  }),
  'engine-died': () => ({
    title: 'Il motore si è fermato all’improvviso.',
    next: 'Riprova: riparte da solo.',
  }),
  'engine-timeout': ({ seconds: s }) => ({
    title: `Il motore non è partito${s ? ` entro ${s} secondi` : ''}.`,
    next: 'Chiudi altre schede per liberare memoria, poi riprova.',
  }),
  'model-not-loaded': () => ({ title: 'Nessun modello è caricato.', next: 'Riprova.' }),
  'gpu-unavailable': () => ({
    title: 'Questo browser non dà accesso a una scheda grafica adatta.',
    next: 'Scegli il modello incluso, che gira sul processore.',
  }),
  'gpu-lost': () => ({
    title: 'La scheda grafica è stata reimpostata.',
    next: 'Riprova; se succede ancora, chiudi le altre schede pesanti.',
  }),
  'out-of-memory': () => ({
    title: 'Non c’è abbastanza memoria per questo modello.',
    next: 'Chiudi altre schede, o scegli un modello più piccolo.',
  }),
  'context-overflow': ({ promptTokens, contextTokens }) => ({
    title: promptTokens
      ? `Il messaggio è troppo lungo: ${promptTokens} token, e questo modello ne tiene ${contextTokens}.`
      : 'Il messaggio è troppo lungo per questo modello.',
    next: 'Accorcialo e invialo di nuovo.',
  }),
  aborted: () => ({ title: 'Annullato.', next: 'Invialo di nuovo quando vuoi.' }),
  unknown: () => ({ title: 'Qualcosa è andato storto.', next: 'Riprova, o ricarica la pagina.' }),
};
