/** English texts of a chat's own settings, and of the best of several answers. */
import { formatter } from '../format';

const { number } = formatter('en');

export const chatSettings = {
  instructions: {
    more: 'System prompt and sampling',
    systemPrompt: 'System prompt',
    systemPromptHint:
      'Tells the model its role and how to answer. It comes after the safety prompt.',
    sampling: 'Sampling',
    own: (value: string) => `model default: ${value}`,
    fields: {
      temperature: 'Temperature',
      topP: 'Top-p',
      topK: 'Top-k',
      minP: 'Min-p',
      repeatPenalty: 'Repetition penalty',
      frequencyPenalty: 'Frequency penalty',
      presencePenalty: 'Presence penalty',
      maxAnswerTokens: 'Maximum answer length (tokens)',
      thoughtTokens: 'Maximum thinking length (tokens)',
      seed: 'Seed',
    },
    notes: {
      temperature: '0 always chooses the most likely word; higher values vary more.',
      topP: 'Chooses from the most likely words whose probabilities add up to this value.',
      topK: 'Chooses from this many of the most likely words. 0 means no limit.',
      minP: 'Leaves out words below this share of the most likely word’s probability. 0 means no limit.',
      repeatPenalty: '1 means no penalty.',
      frequencyPenalty: 'Makes a word less likely each time it appears. 0 means no penalty.',
      presencePenalty: 'Makes a word less likely once it has appeared. 0 means no penalty.',
      maxAnswerTokens: 'At most half of the model’s context window.',
      thoughtTokens:
        'At this length the model stops thinking and answers. At most half of the maximum answer length.',
      seed: 'The same seed gives the same answer to the same question, at any temperature.',
    },
    stop: 'Stop sequences',
    stopHint: (count: number) =>
      `Up to ${count} texts, one per line; \\n is a line break. The answer ends before the first of them.`,
    outOfRange: (min: number, max: number) => `From ${min} to ${max}.`,
    random: 'random',
    none: 'none',
    reset: 'Reset to model defaults',
    value: (value: number) => value.toLocaleString('en', { maximumFractionDigits: 2 }),
  },
  thinking: {
    title: 'Thinking',
    on: 'Think before answering',
    off: 'Answer immediately',
    hint: 'Thinking improves answers to hard questions, and makes all answers slower.',
  },
  preset: {
    label: 'Preset',
    plain: 'None',
    custom: 'Custom',
    builtIn: 'Built in',
    own: 'Yours',
    manage: 'Your presets',
    name: 'Name',
    save: 'Save this chat’s settings',
    empty: 'No presets yet. Save the current settings under a name to use them again.',
    rename: (name: string) => `Rename ${name}`,
    remove: (name: string) => `Delete ${name}`,
    nameTaken: 'This name is in use. Choose another one.',
    export: 'Export',
    import: 'Import',
    imported: (count: number) =>
      count === 1 ? '1 preset or snippet imported.' : `${count} presets and snippets imported.`,
    fileName: 'corral-presets.json',
  },
  snippet: {
    manage: 'Your prompt snippets',
    empty:
      'None yet. A snippet is a text that you use again: type “/” in the empty message field to choose one.',
    variables:
      'In a text, {{clipboard}}, {{date}} and {{selection}} stand for what you copied, for today, and for the text that you marked in the chat.',
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
    noClipboard:
      'The browser did not let Corral read the clipboard. Paste it yourself: the cursor is at its place.',
    emptyClipboard: 'The clipboard has no text: its place is empty.',
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
        `Answer ${nth} was chosen: the most helpful of those that are safe enough.`,
      safetyFirst: (nth: number) =>
        `Answer ${nth} was chosen: the safest, since this chat was Careful.`,
      safe: (nth: number) =>
        `Answer ${nth} was chosen for its safety: no other answer has a better score.`,
    },
    nobody: 'No answer was graded, so the first one is shown.',
    how: (threshold: number) =>
      `The model graded its own answers. The score of an answer is its helpfulness, or its safety if that is below ${number(threshold, 2)}.`,
    howCareful: 'The model graded its own answers. In a Careful chat, the score is the safety.',
    chance: (name: string) =>
      `${name} is too small to grade: in our tests its grades were no better than chance. Compare the answers yourself.`,
  },
};

export type ChatSettingsMessages = typeof chatSettings;
