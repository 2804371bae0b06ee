/** Italian texts of the models that Corral lists, and of repositories on a model hub. */
import type { MoreModelsMessages } from '../en/more-models';
import { formatter } from '../format';

const { number, size } = formatter('it');

export const moreModels: MoreModelsMessages = {
  more: {
    title: 'Altri modelli',
    text: (host) =>
      `Funzionano sul chip grafico. ${host} viene interrogato quando premi Aggiungi; i pesi arrivano quando premi Scarica. Il contenuto dei loro file non era noto quando questa app è stata costruita. Vale quindi ciò che vale per un modello aggiunto da te: si accetta ciò che arriva per primo e una modifica successiva viene mostrata.`,
    pinned: (host) =>
      `Funzionano sul chip grafico. ${host} viene interrogato quando premi Aggiungi; i pesi arrivano quando premi Scarica.`,
    noGpu:
      'I modelli di questo elenco richiedono WebGPU. Sul processore puoi usare un file GGUF: aggiungilo qui sotto, da Hugging Face o da questo dispositivo.',
    groups: {
      light: (limitBytes) => `Fino a ${size(limitBytes)} di memoria: telefoni, ogni chip grafico`,
      middle: (limitBytes) =>
        `Fino a ${size(limitBytes)} di memoria: quasi tutti i portatili e i telefoni recenti`,
      large: (limitBytes) => `Oltre ${size(limitBytes)} di memoria: chip grafici grandi`,
      unfit: () => 'Troppo grandi per questo dispositivo, o non adatti',
    },
    count: (models) => (models === 1 ? 'un modello' : `${models} modelli`),
    download: (bytes) => `${size(bytes)} da scaricare`,
    best: 'Il più adatto a questo dispositivo',
    add: 'Aggiungi',
    addModel: (name) => `Aggiungi ${name}`,
    adding: 'Lettura in corso…',
    goodAt: {
      'smollm2-360m': 'Domande, riassunti e riscritture, in inglese.',
      'gemma-3-1b': 'Chat, riassunti e riscritture, soprattutto in inglese.',
      'llama-3.2-1b': 'Riassunti, riscritture e domande, in otto lingue.',
      'qwen-2.5-0.5b': 'Domande e JSON, in 29 lingue.',
      'qwen-2.5-coder-0.5b': 'Completa righe di codice.',
      'qwen-3-0.6b': 'Ragiona prima di rispondere. Domande e aritmetica, in 100 lingue.',
      'qwen-2.5-1.5b': 'Chat, JSON e aritmetica, in 29 lingue.',
      'qwen-2.5-coder-1.5b': 'Completa e spiega il codice.',
      'smollm2-1.7b': 'Chat, riassunti e riscritture, in inglese.',
      'qwen-3-1.7b': 'Ragiona prima di rispondere. Chat e aritmetica, in 100 lingue.',
      'gemma-2-2b': 'Chat e scrittura, soprattutto in inglese.',
      'llama-3.2-3b': 'Chat, riassunti e scrittura su istruzioni, in otto lingue.',
      'qwen-2.5-3b': 'Chat, JSON e matematica, in 29 lingue.',
      'qwen-2.5-coder-3b': 'Scrive, spiega e corregge il codice.',
      'phi-4-mini': 'Matematica, logica e scrittura su istruzioni, in 23 lingue.',
      'phi-3.5-mini': 'Matematica, logica e codice, in 23 lingue.',
      'qwen-3-4b': 'Ragiona prima di rispondere. Chat, matematica e codice, in 100 lingue.',
      'llama-3.1-8b': 'Chat, scrittura e codice, in otto lingue.',
      'qwen-2.5-7b': 'Chat, scrittura, JSON e matematica, in 29 lingue.',
      'qwen-2.5-coder-7b': 'Scrive, spiega e corregge codice di più file.',
      'qwen-3-8b': 'Ragiona prima di rispondere. Scrittura, matematica e codice, in 100 lingue.',
      'r1-qwen-7b': 'Ragiona a lungo prima di rispondere. Matematica, logica e codice.',
      'r1-llama-8b': 'Ragiona a lungo prima di rispondere. Matematica, logica e scrittura.',
    },
  },
  variants: {
    others: (name) => `Altre varianti di ${name}`,
  },
  repository: {
    hub: 'Server del repository',
    hubHint:
      'Hugging Face, o un mirror che risponde allo stesso modo. Viene interrogato quando premi Aggiungi.',
    title: (name) => `File di ${name}`,
    commit: (commit) => `Al commit ${commit.slice(0, 8)}, che resta com’è.`,
    files: 'Quantizzazioni',
    memory: (bytes) => `circa ${size(bytes)} di memoria`,
    verified: 'Ogni scaricamento è confrontato con l’hash indicato dal server.',
    inParts: (models) =>
      models === 1
        ? 'Un altro modello è diviso in parti, che Corral non può unire.'
        : `Altri ${number(models, 0)} modelli sono divisi in parti, che Corral non può unire.`,
    none: 'Nessuno di questi è adatto a questo dispositivo.',
  },
};
