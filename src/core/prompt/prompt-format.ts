/**
 * A chat format as data: the fixed texts around the messages. A model's own template is run once, when the
 * model is added (`workers/download/template-format.ts`); the result is stored in this form.
 */
import {
  type Of,
  checked,
  flag,
  listOf,
  oneOf,
  optional,
  Reading,
  readOrNull,
  record,
  text,
  whole,
} from '../schema';

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

/** Whether it can be stored: one of unusual length cannot. */
export const isTurnFormat = (value: unknown): value is TurnFormat =>
  readOrNull(turnFormat, value, new Reading(true)) !== null;

/** Formats known by name: Llama 2's is in `chat-prompt.ts`, the others in `fitted-format.ts`. */
export const templateIds = ['chatml', 'llama2', 'zephyr'] as const;
export type TemplateId = (typeof templateIds)[number];
export type PromptFormat = TemplateId | TurnFormat;

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
