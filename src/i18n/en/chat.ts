/** English texts of the conversation and the field below it. */
import { formatter } from '../format';

const { number, size, moment } = formatter('en');

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
    thoughts: 'Thoughts',
    stopped: 'Stopped.',
    unfinished: 'Unfinished: the answer was interrupted.',
    cutShort: 'The reply limit was reached.',
    retry: 'Try again',
    takeBack: 'Edit the message',
    notSeen: 'The model no longer sees the messages above this line: its memory is full.',
    figures: (
      tokensPerSecond: number,
      firstTokenMs: number,
      prefilledTokens: number,
      reusedTokens: number,
    ) =>
      `${number(tokensPerSecond, 1)} tokens/s · first token after ${number(firstTokenMs / 1000, 1)} s · ${prefilledTokens} prefilled, ${reusedTokens} reused`,
    figuresDetail: (prompt: number, cached: number, completion: number) =>
      `${prompt} tokens read, ${cached} of them from memory; ${completion} written`,
    done: 'Answer finished.',
    goOn: 'Continue',
    answerNow: 'Get an answer',
    useSmaller: (name: string) => `Use ${name}, which needs less memory`,
    exportChat: 'Export this chat',
    saveAgain: 'Save again',
    actions: 'Message actions',
    copy: 'Copy',
    copied: 'Copied.',
    copyFailed: 'The browser did not allow it.',
    copyMarkdown: 'Copy as Markdown',
    edit: 'Edit',
    editLabel: 'Edit your message',
    editSend: 'Save and ask',
    editCancel: 'Cancel',
    regenerate: 'Another answer',
    more: 'More',
    showDetails: 'Show details',
    hideDetails: 'Hide details',
    delete: 'Delete',
    branch: (at: number, of: number) => `${at} / ${of}`,
    branches: 'Versions',
    earlierBranch: 'Earlier version',
    laterBranch: 'Later version',
    earlierTurns: 'Earlier messages',
    laterTurns: 'Later messages',
    by: (names: readonly string[]) => names.join(', then '),
    moment,
  },
};

export type ChatMessages = typeof chat;
