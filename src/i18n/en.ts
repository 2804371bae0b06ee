/** English texts. This file is the key type: every other language must satisfy `Messages`. */
import type { ErrorCode, ErrorData } from '../protocol/errors';
import { enMarkdown } from './en-markdown';
import { formatter } from './format';

/** What went wrong, and what to do about it. */
export interface ErrorText {
  readonly title: string;
  readonly next: string;
}

const { number, megabytes, size, time, duration } = formatter('en');

export const en = {
  app: {
    name: 'Corral',
    newChat: 'New chat',
    privacy: 'Private: what you type stays on this device.',
    skip: 'Skip to the message field',
  },
  empty: {
    title: 'A language model, on your own device',
    text: 'Ask anything. The answer is written by a model inside this browser: no account, no server, nothing sent.',
    firstUse: (bytes: number) =>
      `Your first question fetches the model once (${size(bytes)}). After that it is here.`,
    suggestions: [
      'What is the capital of France?',
      'Explain gravity to a ten-year-old.',
      'Write a short thank-you note to a neighbour.',
    ],
    suggestionsLabel: 'Suggestions',
  },
  composer: {
    label: 'Message',
    placeholder: 'Write a message',
    send: 'Send',
    stop: 'Stop',
    stopping: 'Stopping…',
    busy: 'One answer at a time: wait for it, or stop it.',
    pin: 'Pin an instruction',
    pinLabel: 'Pinned instruction',
    pinHint: 'Goes with every message of this chat, for example: answer in one sentence.',
    pinned: (text: string) => `Pinned: ${text}`,
  },
  message: {
    list: 'Conversation',
    question: 'Question',
    answer: 'Answer',
    waiting: 'Getting ready…',
    reading: (percent: number) => `Reading your message: ${percent} %`,
    stopped: 'Stopped.',
    unfinished: 'Unfinished: the answer was interrupted.',
    cutShort: 'The reply limit was reached.',
    retry: 'Try again',
    takeBack: 'Edit the message',
    notSeen: 'The model no longer sees the messages above this line: its memory is full.',
    figures: (tokensPerSecond: number, firstTokenMs: number) =>
      `${number(tokensPerSecond, 1)} tokens/s · first token after ${number(firstTokenMs / 1000, 1)} s`,
    figuresDetail: (prompt: number, cached: number, completion: number) =>
      `${prompt} tokens read, ${cached} of them from memory; ${completion} written`,
    done: 'Answer finished.',
  },
  markdown: enMarkdown,
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
    close: 'Close',
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
    stored: (bytes: number) => `On this device: ${size(bytes)}`,
    check: 'Check',
    checkModel: (name: string) => `Check ${name}`,
    delete: 'Delete',
    deleteModel: (name: string) => `Delete ${name} from this device`,
    checking: 'Checking…',
    whole: (files: number) => `Checked: all ${files} files are as they were.`,
    damaged: (damaged: number, files: number) =>
      `${damaged} of ${files} files were damaged. The next use fetches only those.`,
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
  privacy: {
    open: 'How do I know?',
    title: 'Privacy',
    text: 'Your messages go to an engine inside this browser and nowhere else. What is fetched are the app’s own files and the models that you choose.',
    sealed: 'The engine is sealed: the browser lets it open no connection at all.',
    notSealed:
      'The engine is not sealed: this host does not send the header that forbids it all connections.',
    notStarted:
      'The engine has not started yet. With your first question you will see here whether it is sealed.',
    fetched: 'Fetched since this page was opened',
    host: 'From',
    ownHost: (host: string) => `${host} (this site)`,
    requests: 'Files',
    amount: 'Amount',
    last: 'Last',
    time,
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
  storageWarning: 'This browser does not let Corral store anything: the chat is lost on reload.',
  errorCode: (code: ErrorCode) => `Error code: ${code}`,
};

/** Functions of the error's figures, so that a language can put them where it likes. */
export const enErrors: Record<ErrorCode, (data: ErrorData) => ErrorText> = {
  offline: () => ({
    title: 'You are offline and the model is not on this device yet.',
    next: 'Go online and try again; what was downloaded is kept.',
  }),
  'download-failed': ({ status }) => ({
    title: `The model could not be downloaded${status ? ` (the server answered ${status})` : ''}.`,
    next: 'Try again; what was downloaded is kept.',
  }),
  'download-incomplete': ({ receivedBytes, totalBytes }) => ({
    title: `The download ended early, at ${size(Number(receivedBytes))} of ${size(Number(totalBytes))}.`,
    next: 'Try again; it goes on from where it stopped.',
  }),
  'model-missing': () => ({
    title: 'The model is no longer on this device.',
    next: 'Download it again.',
  }),
  'model-not-a-model': () => ({
    title: 'The server answered with something that is not a model.',
    next: 'If you are on a network with a sign-in page, sign in, then try again.',
  }),
  'model-damaged': () => ({
    title: 'The model’s file is damaged.',
    next: 'Download it again.',
  }),
  'model-address': () => ({
    title: 'This is not the address of a model.',
    next: 'Give the https address of a .gguf file, or of an MLC folder and its .wasm library.',
  }),
  'host-not-allowed': ({ host }) => ({
    title: `Corral may not fetch from ${host ?? 'that host'}.`,
    next: 'Download the files yourself and add them from this device, or ask whoever runs this site to allow the host.',
  }),
  'files-not-a-model': () => ({
    title: 'These files are not a model.',
    next: 'Choose one .gguf file, or an MLC folder with mlc-chat-config.json and its .wasm library.',
  }),
  'file-missing': ({ file }) => ({
    title: `The folder lacks a file${file ? `: ${file}` : ''}.`,
    next: 'Choose a folder that is complete.',
  }),
  'file-damaged': ({ file }) => ({
    title: `This file is damaged or incomplete${file ? `: ${file}` : ''}.`,
    next: 'Get it again from where it came from, and add it again.',
  }),
  'files-needed': () => ({
    title: 'The model’s files were not copied to the end.',
    next: 'Add them again; Corral may read them only until the page is closed.',
  }),
  'prompt-format-unknown': () => ({
    title: 'Corral does not know how this model is to be talked to.',
    next: 'It knows the formats of Llama 2, ChatML and Zephyr. Choose another model.',
  }),
  'storage-quota': ({ needBytes }) => ({
    title: `There is not enough room for the model${needBytes ? ` (${size(Number(needBytes))})` : ''}.`,
    next: 'Free some space on this device, or leave private browsing, then try again.',
  }),
  'storage-unavailable': () => ({
    title: 'This browser does not let Corral store the model.',
    next: 'Allow site data for this page, or leave private browsing, then try again.',
  }),
  'library-damaged': () => ({
    title: 'The model’s compiled library is damaged.',
    next: 'Download the model again.',
  }),
  'library-mismatch': () => ({
    title: 'The model’s compiled library does not fit its weights or this version of the app.',
    next: 'Download the model again, or choose another one.',
  }),
  'engine-file-missing': ({ file }) => ({
    title: `A part of the engine is missing${file ? ` (${file})` : ''}.`,
    next: 'Reload the page. If it happens again, the site was not installed completely.',
  }),
  'engine-failed': () => ({
    title: 'The engine failed.',
    next: 'Try again, or choose another model.',
  }),
  'engine-died': () => ({
    title: 'The engine stopped unexpectedly.',
    next: 'Try again: it starts by itself.',
  }),
  'engine-timeout': ({ seconds: s }) => ({
    title: `The engine did not start${s ? ` within ${s} seconds` : ''}.`,
    next: 'Close other tabs to free memory, then try again.',
  }),
  'model-not-loaded': () => ({ title: 'No model is loaded.', next: 'Try again.' }),
  'gpu-unavailable': () => ({
    title: 'This browser gives no access to a suitable graphics chip.',
    next: 'Choose the built-in model, which runs on the processor.',
  }),
  'gpu-lost': () => ({
    title: 'The graphics chip was reset.',
    next: 'Try again; close other demanding tabs if it happens again.',
  }),
  'out-of-memory': () => ({
    title: 'There is not enough memory for this model.',
    next: 'Close other tabs, or choose a smaller model.',
  }),
  'context-overflow': ({ promptTokens, contextTokens }) => ({
    title: promptTokens
      ? `Your message is too long: ${promptTokens} tokens, and this model can hold ${contextTokens}.`
      : 'Your message is too long for this model.',
    next: 'Shorten it and send it again.',
  }),
  aborted: () => ({ title: 'Cancelled.', next: 'Send it again when you like.' }),
  unknown: () => ({ title: 'Something went wrong.', next: 'Try again, or reload the page.' }),
};

export type Messages = typeof en;
export type ErrorMessages = typeof enErrors;
