/** The prompt format that a visitor chooses or writes for a model, instead of the model's own. */
import type { Prompt } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import { chatPrompt } from './chat-prompt';
import { type ChosenFormat, ownFormatOf, type CustomModel } from '../models/custom-model';
import { chatmlTexts, fitted, roleTurns, type Vocabulary, zephyrTexts } from './fitted-format';
import {
  type FormatTexts,
  type PromptFormat,
  isTurnFormat,
  type TurnFormat,
} from './prompt-format';
import { checked, flag, Reading, readOrNull, record, text } from '../schema';

interface Around {
  readonly before: string;
  readonly after: string;
}

/** The texts that a visitor writes; the rest of the format is derived. */
export interface WrittenFormat {
  readonly system: Around;
  /** True if the system text goes into the first question, at its beginning. */
  readonly systemInQuestion: boolean;
  readonly user: Around;
  readonly assistant: Around;
  readonly stop: readonly string[];
}

const gemmaTurn = (role: string) => ({
  before: `<start_of_turn>${role}\n`,
  after: '<end_of_turn>\n',
});
const all = ['system', 'user', 'assistant'] as const;

/** Gemma 2 and 3 have no turn for the system text. */
const gemma: FormatTexts = {
  ...roleTurns((role) => gemmaTurn(role === 'assistant' ? 'model' : role)),
  system: { before: '', after: '\n\n' },
  systemPlace: 'question',
  laterSystem: false,
  trims: all,
};

const llama3: FormatTexts = {
  ...roleTurns((role) => ({
    before: `<|start_header_id|>${role}<|end_header_id|>\n\n`,
    after: '<|eot_id|>',
  })),
  trims: all,
};

const mistral = textsOf({
  system: { before: '', after: '\n\n' },
  systemInQuestion: true,
  user: { before: '[INST] ', after: '[/INST]' },
  assistant: { before: ' ', after: '</s>' },
  stop: [],
});

const vicuna = textsOf({
  system: { before: '', after: '\n\n' },
  systemInQuestion: false,
  user: { before: 'USER: ', after: '\n' },
  assistant: { before: 'ASSISTANT: ', after: '</s>\n' },
  stop: ['USER:', '</s>'],
});

const alpaca = textsOf({
  system: { before: '', after: '\n\n' },
  systemInQuestion: false,
  user: { before: '### Instruction:\n', after: '\n\n' },
  assistant: { before: '### Response:\n', after: '\n\n' },
  stop: ['### Instruction:'],
});

/** Proper names, the same in all languages. */
export const knownFormats = {
  llama2: { name: 'Llama 2', texts: null },
  llama3: { name: 'Llama 3', texts: llama3 },
  chatml: { name: 'ChatML', texts: chatmlTexts },
  gemma: { name: 'Gemma', texts: gemma },
  mistral: { name: 'Mistral', texts: mistral },
  zephyr: { name: 'Zephyr', texts: zephyrTexts },
  vicuna: { name: 'Vicuna', texts: vicuna },
  alpaca: { name: 'Alpaca', texts: alpaca },
} as const satisfies Record<string, { name: string; texts: FormatTexts | null }>;
export type KnownFormat = keyof typeof knownFormats;

const isKnownFormat = (id: string): id is KnownFormat => Object.hasOwn(knownFormats, id);

/** The limit of the text before or after a turn, in characters; real formats take a hundredth of it. */
export const writtenLimit = 2000;

const tokens = checked<readonly string[]>(
  (value) =>
    Array.isArray(value) &&
    value.length <= 2000 &&
    value.every((one) => typeof one === 'string' && one !== '' && one.length <= 200),
);
const vocabularySchema = record({
  bos: text,
  control: tokens,
  defined: tokens,
  addsSpace: flag,
  stripsSpace: flag,
});

/** A known format's id, `written`, or `own` for the model's own format. */
export type FormatChoice = KnownFormat | 'written' | 'own';

export const formatChoiceOf = (chosen: ChosenFormat | null): FormatChoice => {
  if (chosen === null) return 'own';
  return isKnownFormat(chosen.id) ? chosen.id : 'written';
};

/** For a model of unknown format: the known format whose marks are among its tokens. */
export function likelyFormat(model: CustomModel): KnownFormat {
  const { control, defined } = vocabularyOf(model, chatmlTexts);
  const signs = { chatml: '<|im_start|>', llama3: '<|start_header_id|>', gemma: '<start_of_turn>' };
  const ids = ['chatml', 'llama3', 'gemma'] as const;
  return ids.find((id) => [...control, ...defined].includes(signs[id])) ?? 'alpaca';
}

/** The selected format, or the error that makes it invalid. */
export function readChoice(
  picked: FormatChoice,
  written: WrittenFormat,
  model: CustomModel,
): { readonly chosen: ChosenFormat | null; readonly error: AppError | null } {
  try {
    if (picked === 'own') return { chosen: null, error: null };
    const chosen =
      picked === 'written' ? writtenFormat(written, model) : knownFormat(picked, model);
    return { chosen, error: null };
  } catch (cause) {
    return { chosen: null, error: AppError.from(cause) };
  }
}

/** The known format, fitted to this model. */
export function knownFormat(id: KnownFormat, model: CustomModel): ChosenFormat {
  const { texts } = knownFormats[id];
  if (texts === null) return { id, format: 'llama2' };
  const vocabulary = vocabularyOf(model, texts);
  const end = texts.assistant.after.trim();
  const isToken = [...vocabulary.control, ...vocabulary.defined].includes(end);
  // A model whose vocabulary lacks the end mark writes it as text.
  const stop = texts.stop.length > 0 || isToken || end === '' ? texts.stop : [end];
  return { id, format: fittedOnce({ ...texts, stop }, vocabulary) };
}

/** Throws `format-incomplete` or `format-too-long`. */
export function writtenFormat(written: WrittenFormat, model: CustomModel): ChosenFormat {
  const { system, user, assistant } = written;
  const fixed = [system, user, assistant].flatMap(({ before, after }) => [before, after]);
  if (`${user.before}${user.after}${assistant.before}`.trim() === '') {
    throw new AppError('format-incomplete');
  }
  const tooLong = new AppError('format-too-long', { limitCharacters: writtenLimit });
  if (fixed.some((one) => one.length > writtenLimit)) throw tooLong;
  const texts = textsOf(written);
  const format = fittedOnce(texts, vocabularyOf(model, texts));
  if (!isTurnFormat(format)) throw tooLong;
  return { id: 'written', format };
}

function textsOf({ systemInQuestion, assistant, ...texts }: WrittenFormat): FormatTexts {
  return {
    ...texts,
    assistant,
    systemPlace: systemInQuestion ? 'question' : 'turn',
    laterSystem: false,
    noSystem: '',
    // The space after a mark is part of the answer's first token.
    generation: assistant.before.endsWith('\n') ? assistant.before : assistant.before.trimEnd(),
    trims: [],
    dropsThoughts: false,
  };
}

/** The texts of an existing format, as a start for a custom one. */
export function toWrittenFormat(format: PromptFormat): WrittenFormat {
  if (format === 'llama2') {
    return {
      system: { before: '<<SYS>>\n', after: '\n<</SYS>>\n\n' },
      systemInQuestion: true,
      user: { before: '<s>[INST] ', after: ' [/INST]' },
      assistant: { before: ' ', after: ' </s>' },
      stop: [],
    };
  }
  const { system, systemPlace, user, assistant, stop } =
    typeof format === 'string' ? knownFormats[format].texts : format;
  return { system, systemInQuestion: systemPlace === 'question', user, assistant, stop };
}

/** The model's vocabulary. If an earlier version read its files: what its own format tells about it. */
function vocabularyOf(model: CustomModel, texts: FormatTexts): Vocabulary {
  const read = readOrNull(vocabularySchema, model.facts.vocabulary, new Reading(true));
  if (read) return read;
  const own = ownFormatOf(model);
  const known: Pick<TurnFormat, 'bos' | 'control' | 'addsSpace'> =
    own === 'llama2'
      ? { bos: '<s>', control: ['<s>', '</s>'], addsSpace: true }
      : typeof own === 'object' && own !== null
        ? own
        : { bos: '', control: [], addsSpace: false };
  const looksLikeTokens = JSON.stringify(texts).match(/<[^<>\s"]{1,60}>/g) ?? [];
  // Possible tokens count as tokens in the format, and are broken up in typed text.
  const defined = looksLikeTokens.filter((one) => !known.control.includes(one));
  return { ...known, defined, stripsSpace: false };
}

/** BOS comes once, at the start, even if the texts contain it. */
function fittedOnce(texts: FormatTexts, vocabulary: Vocabulary): TurnFormat {
  const { bos } = vocabulary;
  if (bos === '') return fitted(texts, vocabulary);
  const isOfTurns = texts.user.before.startsWith(bos);
  const isInSystem = texts.system.before.startsWith(bos);
  const systemBefore = (before: string) => {
    if (texts.systemPlace === 'question' || isInSystem === isOfTurns) return before;
    return isInSystem ? before.slice(bos.length) : bos + before;
  };
  const system = { ...texts.system, before: systemBefore(texts.system.before) };
  return fitted({ ...texts, system }, { ...vocabulary, bos: isOfTurns ? '' : bos });
}

/** A short example conversation in the format. */
export function formatPreview(format: PromptFormat): Prompt {
  return chatPrompt(format, {
    system: 'You are a helpful assistant.',
    exchanges: [
      { user: 'Hello!', assistant: 'Hello. What can I do for you?' },
      { user: 'What is 2 + 2?', assistant: null },
    ],
  });
}
