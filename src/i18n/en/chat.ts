/** English texts of the conversation and the field below it. */
import { formatter } from '../format';

const { size } = formatter('en');

export const chat = {
  empty: {
    title: 'A language model, on your own device',
    text: 'Ask anything. The answer is written by a model inside this browser: no account, no server, nothing sent.',
    firstUse: (bytes: number) =>
      `Your first question fetches the model once (${size(bytes)}). After that it is here.`,
    offers: {
      label: 'Two ways to begin',
      now: 'Chat now',
      nowDetail: (name: string, bytes: number) =>
        `${name}, ${size(bytes)}: answers in a minute, on any device. It is small, and often wrong.`,
      better: (name: string, bytes: number) => `Get ${name} (${size(bytes)})`,
      betterDetail:
        'Far better answers, from this device’s graphics chip. Fetched once; it can be paused and goes on where it stopped.',
      choose: 'See what suits this device',
      chooseDetail:
        'Llama 2 7B is too large here. There are smaller models, and one that suits best.',
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
    busy: 'One answer at a time: wait for it, or stop it.',
    attach: 'Attach documents',
    pin: 'Pin an instruction',
    pinLabel: 'Pinned instruction',
    pinHint: 'Goes with every message of this chat, for example: answer in one sentence.',
    pinScore: (held: number, of: number) => `held ${held} of ${of}`,
    pinned: (text: string) => `Pinned: ${text}`,
  },
};

export type ChatMessages = typeof chat;
