/** Italian texts of licences, of stored models, and of models that a visitor adds. */
import type { ModelDialogMessages } from '../en/model-dialog';
import { formatter } from '../format';

const { size } = formatter('it');

export const modelDialog: ModelDialogMessages = {
  licence: {
    intro: (name) =>
      `${name} si può usare gratis alle condizioni di chi lo pubblica. Le principali:`,
    terms: {
      'llama-2': [
        'Puoi usare, copiare e modificare il modello, anche in un’impresa, e passarlo ad altri con la licenza e l’avviso qui sotto.',
        'Rispetti la politica d’uso accettabile di Meta: niente danni alle persone, niente violazioni di legge, niente inganni.',
        'Non usi il modello o le sue risposte per migliorare un altro grande modello linguistico.',
        'Un’azienda i cui prodotti avevano più di 700 milioni di utenti al mese all’uscita di Llama 2 ha bisogno di una licenza propria da Meta.',
      ],
      'llama-3': [
        'Puoi usare, copiare e modificare il modello, anche in un’impresa, e passarlo ad altri con la licenza e l’avviso qui sotto.',
        'Chi lo passa ad altri, o offre un prodotto fatto con esso, mostra “Built with Llama”; il nome di un modello ricavato da esso comincia con “Llama”.',
        'Rispetti la politica d’uso accettabile di Meta: niente danni alle persone, niente violazioni di legge, niente inganni.',
        'Un’azienda i cui prodotti avevano più di 700 milioni di utenti al mese all’uscita di questo Llama ha bisogno di una licenza propria da Meta.',
      ],
      gemma: [
        'Puoi usare, copiare e modificare il modello, anche in un’impresa, e passarlo ad altri con queste condizioni e l’avviso qui sotto.',
        'Rispetti la politica sugli usi vietati di Google: niente danni alle persone, niente violazioni di legge, niente inganni.',
        'Chi passa ad altri il modello, o uno ricavato da esso, consegna queste condizioni e dice che cosa è cambiato. Google non rivendica diritti sulle risposte.',
      ],
      'qwen-research': [
        'Puoi usare, copiare e modificare il modello per la ricerca e per provarlo, non in un’impresa.',
        'Chi lo passa ad altri consegna la licenza e l’avviso qui sotto.',
        'Un modello fatto con esso o con le sue risposte mostra “Built with Qwen” o “Improved using Qwen”.',
      ],
    },
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
    text: 'Un repository su Hugging Face, un file GGUF, oppure una cartella MLC con la sua libreria compilata. Il chat template del modello dice come gli si parla.',
    modelAddress: 'Indirizzo del file o della cartella, o un repository (proprietario/nome)',
    libraryAddress: 'Indirizzo della libreria (.wasm), per una cartella',
    add: 'Aggiungi',
    adding: 'Lo esamino…',
    fromDevice:
      'Oppure da questo dispositivo: non si scarica nulla. Puoi anche trascinare qui i file.',
    pickFile: 'Scegli un file GGUF',
    pickFolder: 'Scegli una cartella MLC',
  },
  format: {
    title: 'Formato del prompt',
    of: (name) => `Formato del prompt di ${name}`,
    choose: 'Formato',
    own: 'Dal modello stesso',
    written: 'Scritto da te',
    texts: '\\n è un a capo.',
    before: {
      system: 'Prima delle istruzioni',
      user: 'Prima di una domanda',
      assistant: 'Prima di una risposta',
    },
    after: {
      system: 'Dopo le istruzioni',
      user: 'Dopo una domanda',
      assistant: 'Dopo una risposta',
    },
    inQuestion: 'Le istruzioni stanno dentro la prima domanda',
    preview: 'Una breve conversazione in questo formato',
    marked:
      'Quello che è incorniciato sono token di controllo del modello: nessun messaggio può formarli. ↵ è un a capo.',
    unmarked:
      'Nessuno di questi segni è un token di controllo del modello: li legge come parole. ↵ è un a capo.',
    use: 'Usa questo formato',
    inUse: 'Questo formato è in uso.',
    changed: 'Questo formato non è ancora in uso.',
  },
  evaluateLink: { question: 'Quanto valgono, qui, su questo dispositivo?', open: 'Valuta' },
  notOffered:
    'Non offerti: Llama 2 34B, mai pubblicato da Meta, e 70B, che vuole circa 40 GB di memoria.',
};
