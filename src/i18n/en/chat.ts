/** English texts of the conversation and the field below it. */
import { formatter } from '../format';

const { size } = formatter('en');

export const chat = {
  empty: {
    title: 'A language model, on your own device',
    text: 'Ask anything. The answer is written by a model inside this browser: no account, no server, nothing sent.',
    firstUse: (bytes: number) =>
      `Your first question downloads the model (${size(bytes)}). This happens once.`,
    offers: {
      label: 'Two ways to begin',
      now: 'Chat now',
      nowDetail: (name: string, bytes: number) =>
        `${name}, ${size(bytes)}: answers in a minute, on any device. It is small, and often wrong.`,
      better: (name: string, bytes: number) => `Get ${name} (${size(bytes)})`,
      betterDetail:
        'Far better answers, from this device’s graphics chip. Downloaded once; you can pause the download and resume it later.',
      choose: 'See which models run here',
      chooseDetail:
        'Llama 2 7B is too large for this device. There are smaller models, and one is recommended.',
      noneTitle: 'Llama 2 cannot run here',
    },
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
    busy: 'An answer is being written. Wait for it, or stop it.',
    attach: 'Attach documents',
    pin: 'Pin an instruction',
    pinLabel: 'Pinned instruction',
    pinHint: 'Added to every message of this chat, for example: answer in one sentence.',
    pinScore: (followed: number, of: number) => `followed ${followed} of ${of}`,
    pinned: (text: string) => `Pinned: ${text}`,
  },
};

export type ChatMessages = typeof chat;
