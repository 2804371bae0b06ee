/** English texts of the context window and the pinned instruction. */
import { formatter } from '../format';

const { number } = formatter('en');
const whole = (value: number) => number(value, 0);

export const window = {
  window: {
    label: 'Context window',
    used: (tokens: number, of: number, isExact: boolean) =>
      `${isExact ? '' : 'about '}${whole(tokens)} of ${whole(of)} tokens`,
    short: (tokens: number, of: number, isExact: boolean) =>
      `${isExact ? '' : '≈ '}${whole(tokens)} / ${whole(of)}`,
    parts: {
      system: 'System text',
      pinned: 'Pinned instruction',
      history: 'Conversation',
      documents: 'Documents',
      draft: 'Your next message',
      reserve: 'Kept for the answer',
      free: 'Free',
    },
    tokens: (tokens: number, isExact: boolean) => `${isExact ? '' : '≈ '}${whole(tokens)}`,
    details: 'What the model sees',
    estimated: 'Estimated: the model counts exactly once it is loaded.',
    exact: 'Counted by the model’s own tokenizer.',
    dropped: (messages: number) =>
      `${whole(messages)} older messages no longer fit and are not seen.`,
    continueFromEnd: 'Continue from its end',
    sendEnd: (keep: number, of: number) =>
      `Send its end: the last ${whole(keep)} of ${whole(of)} characters`,
    cutFrom: (keep: number, of: number) =>
      `The end of a longer message: ${whole(keep)} of ${whole(of)} characters.`,
  },
};

export type WindowMessages = typeof window;
