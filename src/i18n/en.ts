/** English texts. This file is the key type: every other language must satisfy `Messages`. */
import type { ErrorCode, ErrorData } from '../protocol/errors';
import { formatter } from './format';

/** What went wrong, and what to do about it. */
export interface ErrorText {
  readonly title: string;
  readonly next: string;
}

const { number, megabytes, size, duration } = formatter('en');

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
  model: {
    status: 'Model',
    button: (name: string, state: string) => `Models: ${name}, ${state}`,
    states: {
      unknown: 'checking',
      absent: 'not on this device yet',
      downloading: 'downloading',
      stored: 'on this device',
      loading: 'loading',
      ready: 'ready',
      failed: 'failed',
    },
    downloading: (name: string, received: number, total: number) =>
      `Downloading ${name}: ${megabytes(received)} of ${megabytes(total)} MB`,
    speed: (bytesPerSecond: number) => `${number(bytesPerSecond / 1e6, 1)} MB/s`,
    timeLeft: (s: number) => `${duration(s)} left`,
    loading: (name: string) => `Loading ${name}…`,
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
      cria: () =>
        'Llama 2 in miniature, to try the graphics engine. It knows twenty capitals and little else.',
    },
    needsMemory: (bytes: number) => `about ${size(bytes)} of memory`,
    context: (tokens: number) => `${number(tokens, 0)} tokens of context`,
    licence: 'Licence',
  },
  reasons: {
    'no-webgpu': 'This browser has no WebGPU, so models run on the processor.',
    'no-adapter':
      'This browser knows WebGPU but finds no usable graphics chip, so models run on the processor.',
    'gpu-no-f16': 'This graphics chip has no 16-bit floats, which this model needs.',
    'gpu-small-buffers': 'This graphics chip cannot hold a buffer as large as this model needs.',
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
