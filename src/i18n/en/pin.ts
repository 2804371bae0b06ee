/** English texts of the pinned instruction's panel, and of summaries. */

export const pin = {
  summary: {
    make: 'Summarise for the model',
    making: 'Summarising…',
    request:
      'Summarise our conversation so far in a few short sentences: who said what, and the facts that matter later.',
    title: (model: string, messages: number) =>
      `Summary of ${messages} earlier messages, written by ${model}`,
    remove: 'Remove the summary',
  },
  pin: {
    strength: 'Position',
    strengths: {
      system: 'In the system text',
      'every-turn': 'With every message',
    },
    strengthHint:
      '“With every message” uses more of the context window, but helps models that forget.',
    check: 'Check the answers',
    checks: {
      none: 'No check',
      emoji: 'Contains an emoji',
      language: 'Is written in',
      'max-words': 'Has at most this many words',
      'max-characters': 'Has at most this many characters',
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
      'max-words': 'Enter a whole number, 1 or more.',
      'max-characters': 'Enter a whole number, 1 or more.',
      'ends-with': 'Enter the text that answers end with.',
      pattern: 'This is not a regular expression that can be used here.',
    },
    done: 'Done',
    verdicts: {
      followed: 'Followed the pinned instruction',
      broken: 'Did not follow the pinned instruction',
      unclear: 'Unclear whether it followed the pinned instruction',
    },
    overTurns: 'All turns, oldest first',
    remind: 'Regenerate with a reminder',
  },
};

export type PinTexts = typeof pin;
