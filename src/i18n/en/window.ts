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
      draft: 'Your next message',
      reserve: 'Kept for the reply',
      free: 'Free',
    },
    tokens: (tokens: number, isExact: boolean) => `${isExact ? '' : '≈ '}${whole(tokens)}`,
    details: 'What the model sees',
    estimated: 'Estimated: the model counts exactly once it is loaded.',
    exact: 'Counted by the model’s own tokenizer.',
    dropped: (messages: number) =>
      `${whole(messages)} older messages no longer fit and are not seen.`,
    goOnFromEnd: 'Continue from its end',
    takeEnd: (keep: number, of: number) =>
      `Send its end: the last ${whole(keep)} of ${whole(of)} characters`,
    cutFrom: (keep: number, of: number) =>
      `The end of a longer message: ${whole(keep)} of ${whole(of)} characters.`,
  },
  summary: {
    make: 'Summarise them for the model',
    making: 'Summarising…',
    request:
      'Summarise our conversation so far in a few short sentences: who said what, and the facts that matter later.',
    title: (model: string, messages: number) =>
      `Summary of ${messages} earlier messages, written by ${model}`,
    remove: 'Remove the summary',
  },
  pin: {
    strength: 'Where it stands',
    strengths: {
      system: 'In the system text',
      'every-turn': 'With every message',
    },
    strengthHint: 'With every message costs room, and helps models that forget.',
    check: 'Check the answers',
    checks: {
      none: 'No check',
      emoji: 'Contains an emoji',
      language: 'Is written in',
      'max-words': 'Has at most so many words',
      'max-characters': 'Has at most so many characters',
      'ends-with': 'Ends with',
      pattern: 'Matches a regular expression',
    },
    languages: {
      en: 'English',
      it: 'Italian',
      fr: 'French',
      de: 'German',
      es: 'Spanish',
      pt: 'Portuguese',
    },
    value: 'What to check for',
    invalid: {
      language: 'Choose a language.',
      'max-words': 'Give a whole number from 1 up.',
      'max-characters': 'Give a whole number from 1 up.',
      'ends-with': 'Give the text that answers end with.',
      pattern: 'This is not a regular expression that can be used here.',
    },
    done: 'Done',
    verdicts: {
      held: 'Kept to the pinned instruction',
      broken: 'Did not keep to the pinned instruction',
      unclear: 'Not clear whether it kept to the pinned instruction',
    },
    score: (held: number, of: number) => `held ${held} of ${of}`,
    overTurns: 'Over the turns, oldest first',
    remind: 'Regenerate with the reminder',
  },
};

export type WindowMessages = typeof window;
