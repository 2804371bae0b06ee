/** English texts of a chat's own settings, and of the best of several answers. */
import { formatter } from '../format';

const { number } = formatter('en');

export const chatSettings = {
  instructions: {
    more: 'System prompt and sampling',
    systemPrompt: 'System prompt',
    systemPromptHint: 'Tells the model its role and how to answer. It follows the mode’s own text.',
    sampling: 'Sampling',
    own: (value: string) => `the model’s own: ${value}`,
    fields: {
      temperature: 'Temperature',
      topP: 'Top-p',
      topK: 'Top-k',
      minP: 'Min-p',
      repeatPenalty: 'Repetition penalty',
      frequencyPenalty: 'Frequency penalty',
      presencePenalty: 'Presence penalty',
      maxAnswerTokens: 'Longest answer, in tokens',
      thoughtTokens: 'Longest thoughts, in tokens',
      seed: 'Seed',
    },
    notes: {
      temperature: '0 takes the likeliest word each time; higher is livelier.',
      topP: 'Chooses only from the likeliest words that together have this probability.',
      topK: 'Only from so many of the likeliest words. 0 is no limit.',
      minP: 'Chooses only from words with at least this share of the likeliest word’s probability. 0 is no limit.',
      repeatPenalty: '1 is no penalty.',
      frequencyPenalty: 'Makes a word less likely each time it is written. 0 is no penalty.',
      presencePenalty: 'Makes a word less likely once it is written. 0 is no penalty.',
      maxAnswerTokens: 'At most half of what the model can hold.',
      thoughtTokens:
        'Then they are closed, and the model has to answer. At most half of the longest answer.',
      seed: 'The same number gives the same answer to the same question, at any temperature.',
    },
    seedOnCpu: (streams: number) =>
      `This model’s engine has ${streams} different seeds: ${streams} is the same as 0.`,
    stop: 'Stop at',
    stopHint: (count: number) =>
      `Up to ${count} texts, one a line; \\n is a line break. The answer ends before them.`,
    outOfRange: (min: number, max: number) => `From ${min} to ${max}.`,
    random: 'a new one each time',
    none: 'none',
    reset: 'Back to the model’s own',
    value: (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 }),
  },
  thinking: {
    title: 'Thinking',
    on: 'Think first',
    off: 'Answer at once',
    hint: 'Thoughts make answers to hard questions better, and all of them slower.',
  },
  preset: {
    label: 'Preset',
    plain: 'None',
    custom: 'Custom',
    builtIn: 'Ready made',
    own: 'Yours',
    manage: 'Your presets',
    name: 'Name',
    save: 'Save this chat’s settings',
    empty: 'None yet. Save the current settings under a name to use them again.',
    rename: (name: string) => `Rename ${name}`,
    remove: (name: string) => `Delete ${name}`,
    nameTaken: 'Choose a name that is not in use.',
    export: 'Export',
    import: 'Import',
    imported: (count: number) =>
      count === 1 ? '1 preset or snippet read.' : `${count} presets and snippets read.`,
    fileName: 'corral-presets.json',
  },
  snippet: {
    manage: 'Your prompt snippets',
    empty:
      'None yet. A snippet is a text that you use again: type “/” in the empty message field to choose one.',
    variables:
      'In a text, {{clipboard}}, {{date}} and {{selection}} stand for what you copied, for today, and for the text of the chat that you marked last.',
    name: 'Name of the snippet',
    text: 'Text of the snippet',
    nameOf: (name: string) => `Name of ${name}`,
    textOf: (name: string) => `Text of ${name}`,
    add: 'Add the snippet',
    remove: (name: string) => `Delete ${name}`,
    notKept: 'Choose a name that is not in use, and a text.',
    list: 'Snippets and presets',
    preset: 'preset',
    count: (count: number) => (count === 1 ? '1 suggestion' : `${count} suggestions`),
    noClipboard: 'The clipboard could not be read: its place in the text is empty.',
  },
  bestOf: {
    label: 'Best of',
    button: (count: number) => `Best of ${count}`,
    count: 'How many answers',
    hint: 'Writes several answers, has the model grade each, and keeps the best.',
    writing: (at: number, of: number) => `Writing answer ${at} of ${of}…`,
    grading: (at: number, of: number) => `Grading: ${at} of ${of}…`,
    title: (count: number) => `Best of ${count}: all answers and their grades`,
    candidate: (nth: number) => `Answer ${nth}`,
    helpful: 'Helpful',
    safe: 'Safe',
    grade: (value: number) => number(value, 2),
    notGraded: 'not graded',
    shown: 'shown',
    pick: (nth: number) => `Show answer ${nth}`,
    won: {
      helpful: (nth: number) =>
        `Answer ${nth} won: the most helpful of those that are safe enough.`,
      safetyFirst: (nth: number) => `Answer ${nth} won: the safest, since this chat was Careful.`,
      safe: (nth: number) => `Answer ${nth} won by its safety: no other answer has a better score.`,
    },
    nobody: 'No answer was graded, so the first one is shown.',
    how: (threshold: number) =>
      `The model graded its own answers. The score of an answer is its helpfulness, or its safety if that is below ${number(threshold, 2)}.`,
    howCareful: 'The model graded its own answers. In a Careful chat, the score is the safety.',
    chance: (name: string) =>
      `${name} is far too small to judge: in our tests its grades were no better than chance. Choose for yourself.`,
  },
};

export type ChatSettingsMessages = typeof chatSettings;
