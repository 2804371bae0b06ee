/** English texts of models: the list, downloads, licences. */
import { formatter } from '../format';

const { number, megabytes, size, duration } = formatter('en');

export const models = {
  model: {
    status: 'Model',
    button: (name: string, state: string) => `Models: ${name}, ${state}`,
    states: {
      unknown: 'checking',
      absent: 'not on this device yet',
      downloading: 'downloading',
      paused: 'paused',
      stored: 'on this device',
      loading: 'loading',
      checking: 'checking',
      ready: 'ready',
      failed: 'failed',
    },
    downloading: (name: string, received: number, total: number) =>
      `Downloading ${name}: ${megabytes(received)} of ${megabytes(total)} MB`,
    paused: (name: string, received: number, total: number) =>
      `${name}: paused at ${megabytes(received)} of ${megabytes(total)} MB`,
    pause: 'Pause',
    resume: 'Resume',
    speed: (bytesPerSecond: number) => `${number(bytesPerSecond / 1e6, 1)} MB/s`,
    timeLeft: (s: number) => `${duration(s)} left`,
    loading: (name: string) => `Loading ${name}…`,
    checking: (name: string) => `Checking ${name}…`,
    cancel: 'Cancel',
    downloadAgain: 'Download again',
    title: 'Models',
    deviceTitle: 'This device',
    size,
    engines: { wllama: 'runs on the processor', webllm: 'runs on the graphics chip (WebGPU)' },
    notes: {
      'built-in': () => 'Built in. Small and quick, and often wrong: check what it says.',
      'llama-2': (licence: string) =>
        `Meta’s Llama 2. Fetched from Hugging Face when you first ask; its use is under the ${licence}.`,
      tinyllama: () =>
        'A small relative of Llama 2, trained by others. Fetched from Hugging Face when you first ask.',
      cria: () =>
        'Llama 2 in miniature, to try the graphics engine. It knows twenty capitals and little else.',
      own: () => 'Added by you. Its licence is for you to check.',
    },
    needsMemory: (bytes: number) => `about ${size(bytes)} of memory`,
    context: (tokens: number) => `${number(tokens, 0)} tokens of context`,
    licence: 'Licence',
  },
  licence: {
    intro: (name: string) => `${name} is free to use under Meta’s terms. The main ones:`,
    terms: [
      'You may use, copy and change the model, also in a business, and pass it on with the licence and the notice below.',
      'You keep to Meta’s acceptable use policy: no harm to people, no breaking of laws, no deceiving of others.',
      'You do not use the model or its answers to improve any other large language model.',
      'A company whose products had more than 700 million monthly users when Llama 2 came out needs a licence of its own from Meta.',
    ],
    whole: 'What binds you is the whole text:',
    fullText: 'licence',
    policy: 'acceptable use policy',
    accept: 'Accept',
    decline: 'Not now',
  },
  manage: {
    title: 'Room on this device',
    label: (name: string) => `${name} on this device`,
    stored: (bytes: number, files: number) =>
      `On this device: ${size(bytes)} in ${files === 1 ? 'one file' : `${files} files`}`,
    inPart: (bytes: number) =>
      `In part on this device: ${size(bytes)}. A download goes on from there.`,
    check: 'Check',
    checkModel: (name: string) => `Check ${name}`,
    delete: 'Delete',
    deleteModel: (name: string) => `Delete ${name} from this device`,
    checking: (percent: number) => `Checking… ${percent} %`,
    whole: (files: number) =>
      files === 1
        ? 'Checked: the file is as it was.'
        : `Checked: all ${files} files are as they were.`,
    damaged: (damaged: number, files: number) =>
      `${damaged} of ${files} files ${damaged === 1 ? 'was' : 'were'} damaged. A repair fetches only ${damaged === 1 ? 'that one' : 'those'}.`,
    repair: 'Repair',
    repairModel: (name: string) => `Repair ${name}`,
    failed: 'The check failed. Try again.',
    download: 'Download',
    downloadModel: (name: string) => `Download ${name}`,
    remove: 'Remove',
    removeModel: (name: string) => `Remove ${name} from the list`,
    total: (bytes: number) => `All models on this device: ${size(bytes)}.`,
    deleteAll: 'Delete all',
    deleteAllModels: 'Delete all models from this device',
    free: (bytes: number) =>
      `It offers room for about ${size(bytes)} more, by its own estimate; the disk may be full sooner.`,
    kept: 'This browser keeps the models until you delete them.',
    notKept: 'This browser may delete the models when space on the device runs short.',
  },
  add: {
    title: 'Add a model of your own',
    text: 'A GGUF file, or an MLC folder with its compiled library. It must speak the format of Llama 2, ChatML or Zephyr.',
    modelAddress: 'Address of the file or folder',
    libraryAddress: 'Address of the library (.wasm), for a folder',
    add: 'Add',
    adding: 'Looking into it…',
    fromDevice: 'Or from this device: nothing is fetched. You can also drop the files here.',
    pickFile: 'Choose a GGUF file',
    pickFolder: 'Choose an MLC folder',
  },
  recommendation: {
    title: (name: string) => `Best here: ${name}`,
    phone: 'phones have too little memory for 7B.',
    'little-memory': 'this device has too little memory for 7B.',
    'no-f16': 'this graphics chip has no 16-bit floats.',
    roomy: 'this graphics chip takes large buffers, so the whole 4,096 tokens should fit.',
    usual: '16-bit floats save memory, and 1,024 tokens fit on most graphics chips.',
  },
  notOffered:
    'Not offered: Llama 2 34B, which Meta never released, and 70B, which needs about 40 GB of memory.',
  reasons: {
    'no-webgpu': 'This browser has no WebGPU, so models run on the processor.',
    'no-adapter':
      'This browser knows WebGPU but finds no usable graphics chip, so models run on the processor.',
    'gpu-no-f16': 'This graphics chip has no 16-bit floats, which this model needs.',
    'gpu-small-buffers': 'This graphics chip cannot hold a buffer as large as this model needs.',
    'too-little-memory': (needBytes: number, haveGb: number) =>
      `This model needs ${size(needBytes)} of memory, and this device has about ${haveGb} GB.`,
    'gpu-ready': (gpu: string) => `WebGPU is ready (${gpu}): Llama 2 can run here.`,
    'cpu-threads': (threads: number) => `The built-in model uses ${threads} processor threads.`,
    'cpu-one-thread':
      'This page is not cross-origin isolated, so the built-in model uses one processor thread.',
  },
};

export type ModelsMessages = typeof models;
