/** English texts of models: the list, downloads, which one fits. */
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
      'built-in': () => 'Built in. Small and fast, but often wrong: check its answers.',
      'llama-2': (licence: string, host: string) =>
        `Meta’s Llama 2. Downloaded from ${host} with your first question. Licensed under the ${licence}.`,
      tinyllama: (_licence: string, host: string) =>
        `A small model with Llama 2’s architecture, trained by others. Downloaded from ${host} with your first question.`,
      cria: () =>
        'A tiny Llama 2 for trying the graphics engine. It knows twenty capitals and little else.',
      own: (licence: string) =>
        licence === ''
          ? 'Added by you. Check its licence yourself.'
          : `Added by you. Licensed under the ${licence}.`,
    },
    needsMemory: (bytes: number) => `about ${size(bytes)} of memory`,
    context: (tokens: number) => `${number(tokens, 0)} tokens of context`,
    licence: 'Licence',
  },
  recommendation: {
    title: (name: string) => `Recommended: ${name}`,
    phone: 'phones have too little memory for 7B.',
    'little-memory': 'this device has too little memory for 7B.',
    'small-buffers': 'this graphics chip cannot hold a buffer as large as 7B needs.',
    'no-f16': 'this graphics chip has no 16-bit floats.',
    roomy: 'this graphics chip supports large buffers, so the full 4,096 tokens should fit.',
    usual: '16-bit floats save memory, and 1,024 tokens fit on most graphics chips.',
  },
  reasons: {
    'no-webgpu': 'This browser has no WebGPU, so models run on the processor.',
    insecure:
      'This page was loaded over http://, and browsers offer WebGPU only over https://: models run on the processor.',
    'no-adapter':
      'This browser supports WebGPU but finds no usable graphics chip, so models run on the processor.',
    'gpu-no-f16': 'This graphics chip has no 16-bit floats, which this model needs.',
    'gpu-small-buffers': 'This graphics chip cannot hold a buffer as large as this model needs.',
    'too-little-memory': (needBytes: number, haveGb: number) =>
      `This model needs ${size(needBytes)} of memory, and this device has about ${haveGb} GB.`,
    'page-limit': (needBytes: number, limitBytes: number) =>
      `Phones and tablets close a page that uses more than about ${size(limitBytes)} of memory. This model needs ${size(needBytes)}.`,
    'file-limit': (needBytes: number, limitBytes: number) =>
      `In a browser, a model on the processor can be at most ${size(limitBytes)}. This one is ${size(needBytes)}.`,
    'gpu-ready': (gpu: string) => `WebGPU is ready (${gpu}): Llama 2 can run here.`,
    'cpu-threads': (threads: number) =>
      threads === 1
        ? 'The built-in model uses 1 processor thread.'
        : `The built-in model uses up to ${threads} processor threads.`,
    'cpu-one-thread':
      'This page has no shared memory for threads, so the built-in model uses one processor thread.',
  },
};

export type ModelsMessages = typeof models;
