/** Italian texts of models: the list, downloads, licences. */
import type { ModelsMessages } from '../en/models';
import { formatter } from '../format';

const { number, megabytes, size, duration } = formatter('it');

export const models: ModelsMessages = {
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
    stored: (bytes, files) =>
      `Su questo dispositivo: ${size(bytes)} in ${files === 1 ? 'un file' : `${files} file`}`,
    inPart: (bytes) =>
      `In parte su questo dispositivo: ${size(bytes)}. Lo scaricamento riprende da lì.`,
    check: 'Controlla',
    checkModel: (name) => `Controlla ${name}`,
    delete: 'Elimina',
    deleteModel: (name) => `Elimina ${name} da questo dispositivo`,
    checking: (percent) => `Controllo… ${percent} %`,
    whole: (files) =>
      files === 1
        ? 'Controllato: il file è come prima.'
        : `Controllato: tutti i ${files} file sono come prima.`,
    damaged: (damaged, files) =>
      damaged === 1
        ? `1 file su ${files} era danneggiato. La riparazione scarica solo quello.`
        : `${damaged} file su ${files} erano danneggiati. La riparazione scarica solo quelli.`,
    repair: 'Ripara',
    repairModel: (name) => `Ripara ${name}`,
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
};
