/**
 * A chat format as data: the fixed texts around the messages. A model's own template is run once, when the
 * model is added (`workers/download/template-format.ts`); the result is stored in this form.
 */
import { type Of, checked, flag, listOf, oneOf, optional, record, text, whole } from '../schema';

const roles = ['system', 'user', 'assistant'] as const;
export type Role = (typeof roles)[number];

/** Stored formats are untrusted; real ones are shorter, even with tools. */
const fixedText = checked<string>((value) => typeof value === 'string' && value.length <= 20_000);
const around = record({ before: fixedText, after: fixedText });
const marks = checked<readonly string[]>(
  (value) =>
    Array.isArray(value) &&
    value.length <= 100 &&
    value.every((one) => typeof one === 'string' && one !== '' && one.length <= 200),
);

const mark = checked<string>(
  (value) => typeof value === 'string' && value !== '' && value.length <= 40,
);

const textFields = {
  /** Around the instructions. */
  system: around,
  /**
   * `turn`: the instructions have their own turn. `question`: they are at the beginning of the first question.
   */
  systemPlace: oneOf('turn', 'question'),
  /** Later instructions (a message's own date) may have their own turn too. */
  laterSystem: flag,
  /** The text in place of absent instructions. */
  noSystem: fixedText,
  user: around,
  assistant: around,
  /** The text that the model continues. It may differ from `assistant.before` at its end. */
  generation: fixedText,
  /** The roles whose texts are trimmed. */
  trims: listOf(oneOf(...roles)),
  /** In earlier answers, the text up to the last closing mark of thoughts is left out. */
  dropsThoughts: flag,
  /**
   * The marks around thoughts, and `generation` with and without thoughts: both are equal if the model has no switch
   * for them. Absent if the model is not known to think.
   */
  thinking: optional(
    record({ opening: mark, closing: mark, withThoughts: fixedText, without: fixedText }),
  ),
  /** Texts that end an answer, besides the model's own end tokens. */
  stop: marks,
};

/** The texts alone, before they are fitted to a vocabulary. */
export type FormatTexts = Of<ReturnType<typeof record<typeof textFields>>>;

export const turnFormat = whole(
  record({
    ...textFields,
    /** The control token before every prompt; empty for none. */
    bos: text,
    /** Texts of the format that are single tokens. */
    control: marks,
    /** Texts of the format that would act as marks if a person typed them. */
    forgeable: marks,
    /** SentencePiece puts a space in front of each run of text. */
    addsSpace: flag,
    /** The answer's first space belongs to the format or the vocabulary, not to the answer. */
    leadSpace: flag,
  }),
);
export type TurnFormat = Of<typeof turnFormat>;

/** Formats known by name: Llama 2's is in `chat-prompt.ts`; the others are below. */
export const templateIds = ['chatml', 'llama2', 'zephyr'] as const;
export type TemplateId = (typeof templateIds)[number];
export type PromptFormat = TemplateId | TurnFormat;

export const roleTurns = (turn: (role: string) => Of<typeof around>): FormatTexts => ({
  system: turn('system'),
  systemPlace: 'turn',
  laterSystem: true,
  noSystem: '',
  user: turn('user'),
  assistant: turn('assistant'),
  generation: turn('assistant').before,
  trims: [],
  dropsThoughts: false,
  stop: [],
});

/** ChatML, as in SmolLM2's tokenizer_config.json: `<|im_start|>role\n…<|im_end|>\n`. */
export const chatmlTexts = roleTurns((role) => ({
  before: `<|im_start|>${role}\n`,
  after: '<|im_end|>\n',
}));

/** Zephyr's format, as in TinyLlama-Chat's tokenizer_config.json: `<|role|>\n…</s>\n`. */
export const zephyrTexts = roleTurns((role) => ({ before: `<|${role}|>\n`, after: '</s>\n' }));

/** The facts about a model's vocabulary that formats need. */
export interface Vocabulary {
  readonly bos: string;
  /** Special tokens, which are never found in typed text. */
  readonly control: readonly string[];
  /** Added tokens, which are found in any text. */
  readonly defined: readonly string[];
  /** SentencePiece puts a space in front of each text that follows a control token. */
  readonly addsSpace: boolean;
  /** White space after a control token is dropped (Phi 3). */
  readonly stripsSpace: boolean;
}

/** Longer lines are not role marks but words, such as default instructions. */
const maxMarkCharacters = 40;

/** A vocabulary that leaves a format's texts unchanged. */
export const plainVocabulary: Vocabulary = {
  bos: '',
  control: [],
  defined: [],
  addsSpace: false,
  stripsSpace: false,
};

/** Adapts the format to this vocabulary. */
export function fitted(texts: FormatTexts, vocabulary: Vocabulary): TurnFormat {
  const { system, user, assistant } = texts;
  const around = [system, user, assistant].flatMap(({ before, after }) => [before, after]);
  const { thinking } = texts;
  const generations = thinking ? [thinking.withThoughts, thinking.without] : [];
  const fixed = [...around, texts.noSystem, texts.generation, ...generations];
  const isUsed = (token: string) => fixed.some((one) => one.includes(token));
  const [control, defined] = [vocabulary.control, vocabulary.defined].map((all) =>
    all.filter(isUsed),
  ) as [string[], string[]];
  const tokens = [...control, ...defined];
  const fit = (value: string) => withoutSpaces(value, tokens, vocabulary);
  const fitAround = ({ before, after }: typeof user) => ({
    before: fit(before),
    after: fit(after),
  });
  /** Fits a text that directly follows the question's end. */
  const fitBehind = (value: string) => fit(user.after + value).slice(fit(user.after).length);
  const [last] = pieces(user.after + assistant.before, tokens).slice(-1);
  const isAfterToken = last === undefined || tokens.includes(last);
  return {
    ...texts,
    system: fitAround(system),
    user: fitAround(user),
    assistant: { before: fitBehind(assistant.before), after: fit(assistant.after) },
    noSystem: fit(texts.noSystem),
    generation: fitBehind(texts.generation),
    ...(thinking
      ? {
          thinking: {
            ...thinking,
            withThoughts: fitBehind(thinking.withThoughts),
            without: fitBehind(thinking.without),
          },
        }
      : {}),
    bos: vocabulary.bos,
    addsSpace: vocabulary.addsSpace,
    control: tokens,
    forgeable: forgeableMarks([...around, texts.generation], control, defined),
    leadSpace: assistant.before.endsWith(' ') || (vocabulary.addsSpace && isAfterToken),
  };
}

/** The visitor's choice; null for the model's default. */
export type Thinking = 'on' | 'off' | null;

export function hasThinkingSwitch(format: PromptFormat): boolean {
  const thinking = thinkingOf(format);
  return thinking !== undefined && thinking.withThoughts !== thinking.without;
}

export const thinkingOf = (format: PromptFormat): TurnFormat['thinking'] =>
  typeof format === 'string' ? undefined : format.thinking;

/** The format with thinking on or off; unchanged if the model has no switch. */
export function withThinking(format: PromptFormat, choice: Thinking): PromptFormat {
  if (typeof format === 'string' || !format.thinking || choice === null) return format;
  const { withThoughts, without } = format.thinking;
  if (withThoughts === without) return format;
  return { ...format, generation: choice === 'on' ? withThoughts : without };
}

export const turnFormats: Readonly<Record<Exclude<TemplateId, 'llama2'>, TurnFormat>> = {
  chatml: fitted(chatmlTexts, { ...plainVocabulary, control: ['<|im_start|>', '<|im_end|>'] }),
  zephyr: fitted(zephyrTexts, { ...plainVocabulary, control: ['</s>'], addsSpace: true }),
};

/** Cuts a text so that each token in it stands alone. */
export function pieces(value: string, tokens: readonly string[]): string[] {
  const longestFirst = [...tokens].sort((a, b) => b.length - a.length);
  const found: string[] = [];
  let rest = value;
  while (rest !== '') {
    let [at, token] = [rest.length, ''];
    for (const one of longestFirst) {
      const place = rest.indexOf(one);
      if (place >= 0 && place < at) [at, token] = [place, one];
    }
    found.push(...[rest.slice(0, at), token].filter((piece) => piece !== ''));
    rest = rest.slice(at + token.length);
  }
  return found;
}

/** Removes white space after a token that the vocabulary would double or drop. */
function withoutSpaces(value: string, tokens: readonly string[], vocabulary: Vocabulary): string {
  const { addsSpace, stripsSpace } = vocabulary;
  if (!addsSpace && !stripsSpace) return value;
  return pieces(value, tokens)
    .map((piece, at, all) => {
      if (!tokens.includes(all[at - 1] ?? '')) return piece;
      if (stripsSpace) return piece.trimStart();
      return piece.startsWith(' ') ? piece.slice(1) : piece;
    })
    .join('');
}

/** The parts of the fixed texts that could be typed: whole lines, and tokens that are found in any text. */
function forgeableMarks(
  fixed: readonly string[],
  control: readonly string[],
  defined: readonly string[],
): string[] {
  const lines = fixed
    .flatMap((one) => pieces(one, control))
    .filter((piece) => !control.includes(piece))
    .flatMap((piece) => pieces(piece, defined))
    .flatMap((piece) => piece.split(/\s(?=[<[])|\n/))
    .map((line) => line.trim())
    .filter((line) => line.length <= maxMarkCharacters && /\w/.test(line) && /[^\w\s]/.test(line));
  return [...new Set([...lines, ...defined.filter((one) => /\w/.test(one))])];
}
