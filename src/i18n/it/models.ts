/** Italian texts of models: the list, downloads, which one fits. */
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
      'llama-2': (licence, host) =>
        `Llama 2 di Meta. Si scarica da ${host} alla prima domanda; l’uso è soggetto alla ${licence}.`,
      tinyllama: (_licence, host) =>
        `Un parente piccolo di Llama 2, addestrato da altri. Si scarica da ${host} alla prima domanda.`,
      cria: () =>
        'Llama 2 in miniatura, per provare il motore grafico. Sa venti capitali e poco altro.',
      own: (licence) =>
        licence === ''
          ? 'Aggiunto da te. La sua licenza la verifichi tu.'
          : `Aggiunto da te. L’uso è soggetto alla licenza ${licence}.`,
    },
    needsMemory: (bytes) => `circa ${size(bytes)} di memoria`,
    context: (tokens) => `${number(tokens, 0)} token di contesto`,
    licence: 'Licenza',
  },
  recommendation: {
    title: (name) => `Il migliore qui: ${name}`,
    phone: 'i telefoni hanno troppo poca memoria per 7B.',
    'little-memory': 'questo dispositivo ha troppo poca memoria per 7B.',
    'small-buffers': 'questo chip grafico non contiene un buffer grande quanto serve a 7B.',
    'no-f16': 'questo chip grafico non ha numeri a 16 bit.',
    roomy: 'questo chip grafico accetta buffer grandi: dovrebbero starci tutti i 4.096 token.',
    usual:
      'i numeri a 16 bit risparmiano memoria, e 1.024 token stanno in quasi ogni chip grafico.',
  },
  reasons: {
    'no-webgpu': 'Questo browser non ha WebGPU: i modelli girano sul processore.',
    insecure:
      'Questa pagina è arrivata con http://, e i browser danno WebGPU solo alle pagine https://: i modelli girano sul processore.',
    'no-adapter':
      'Questo browser conosce WebGPU ma non trova una scheda grafica utilizzabile: i modelli girano sul processore.',
    'gpu-no-f16':
      'Questa scheda grafica non ha i numeri a 16 bit di cui questo modello ha bisogno.',
    'gpu-small-buffers':
      'Questa scheda grafica non può contenere un buffer grande quanto serve a questo modello.',
    'too-little-memory': (needBytes, haveGb) =>
      `Questo modello richiede ${size(needBytes)} di memoria, e questo dispositivo ne ha circa ${haveGb} GB.`,
    'page-limit': (needBytes, limitBytes) =>
      `Telefoni e tablet chiudono una pagina che usa più di circa ${size(limitBytes)} di memoria. Questo modello ne richiede ${size(needBytes)}.`,
    'file-limit': (needBytes, limitBytes) =>
      `In un browser, un modello sul processore può avere al massimo ${size(limitBytes)}. Questo ha ${size(needBytes)}.`,
    'gpu-ready': (gpu) => `WebGPU è pronto (${gpu}): qui Llama 2 può girare.`,
    'cpu-threads': (threads) =>
      `Il modello incluso usa ${threads === 1 ? '' : 'fino a '}${threads} thread del processore.`,
    'cpu-one-thread':
      'Questa pagina non ha memoria che i thread possano condividere: il modello incluso usa un solo thread del processore.',
  },
};
