/** Builds the prompt of a conversation in a model's own format; engines never apply a template. */
import type { Prompt, PromptPart } from '../../protocol/engine';
import type { Exchange } from '../chat/conversation';
import { pieces, turnFormats } from './fitted-format';
import type { PromptFormat, Role, TurnFormat } from './prompt-format';
import { thoughtMarks } from '../chat/thoughts';

/**
 * Llama 2's marks, which are plain text in its vocabulary: tokenizing as text does not protect against typed ones.
 * Meta's reference code refuses messages that contain one.
 */
const llama2Marks = ['[INST]', '[/INST]', '<<SYS>>', '<</SYS>>'] as const;

/** A zero-width space: one token of Llama 2's vocabulary, and invisible. */
const breaker = '\u200b';

/** The parts of an exchange that go into a prompt. */
export type PromptExchange = Pick<Exchange, 'system' | 'user' | 'assistant' | 'partial'>;

/** The text before the first exchange. */
export interface PromptOpening {
  readonly system: string;
}

export interface PromptInput extends PromptOpening {
  /** At least one; the last one's answer is null: the model writes or continues it. */
  readonly exchanges: readonly PromptExchange[];
}

export function chatPrompt(format: PromptFormat, { exchanges, ...opening }: PromptInput): Prompt {
  return inRuns(
    format,
    exchanges.map((exchange, index) =>
      exchangePrompt(format, exchange, index === 0 ? opening : null),
    ),
  );
}

/**
 * The prompt of these exchanges. Where no control token stands between two of them (Alpaca), a vocabulary that puts
 * a space in front of each run gets one run: the second would have a space of its own.
 */
export function inRuns(format: PromptFormat, exchanges: readonly Prompt[]): Prompt {
  const parts = exchanges.flat();
  if (format === 'llama2' || !turnFormatOf(format).addsSpace) return parts;
  const joined: PromptPart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const isSameRun = last?.type === 'text' && part.type === 'text';
    if (isSameRun) joined.splice(-1, 1, text(last.text + part.text));
    else joined.push(part);
  }
  return joined;
}

/**
 * The part of a prompt for one exchange; a prompt is the sequence of these. Only the first has an opening, with
 * the system text.
 */
export function exchangePrompt(
  format: PromptFormat,
  exchange: PromptExchange,
  opening: PromptOpening | null,
): Prompt {
  return format === 'llama2'
    ? llama2(exchange, opening)
    : inTurns(turnFormatOf(format), exchange, opening);
}

/**
 * Normalises a piece of an answer: removes the leading space if the format adds one, and adds the thinking tag
 * that the format puts before an answer. `isFirst`: the answer's first piece. Everything else stays as the
 * model wrote it, so that the same text gives the same tokens on the next turn, which are still in the KV
 * cache.
 */
export function answerPiece(format: PromptFormat, piece: string, isFirst: boolean): string {
  if (!isFirst) return piece;
  const hasSpace = format === 'llama2' || turnFormatOf(format).leadSpace;
  return thoughtOpening(format) + (hasSpace && piece.startsWith(' ') ? piece.slice(1) : piece);
}

/** The beginning of an answer's thoughts that the prompt itself contains (DeepSeek-R1), or an empty text. */
export function thoughtOpening(format: PromptFormat): string {
  if (format === 'llama2') return '';
  const { generation } = turnFormatOf(format);
  const mark = thoughtMarks.find(([opening]) => generation.trimEnd().endsWith(opening))?.[0];
  return mark === undefined ? '' : generation.slice(generation.lastIndexOf(mark));
}

const turnFormatOf = (format: Exclude<PromptFormat, 'llama2'>): TurnFormat =>
  typeof format === 'string' ? turnFormats[format] : format;

const control = (text: string): PromptPart => ({ type: 'control', text });
const text = (value: string): PromptPart => ({ type: 'text', text: value });

/** A fixed text of the format, or a person's or model's text. */
type Piece = string | { readonly text: string; readonly role: Role };

function inTurns(
  format: TurnFormat,
  { system: own = '', user, assistant, partial }: PromptExchange,
  opening: PromptOpening | null,
): Prompt {
  const shared = opening?.system ?? '';
  const turn = (role: Role, text: string): Piece[] => [
    format[role].before,
    { text, role },
    format[role].after,
  ];
  const systemTurn = (text: string) => (text === '' ? [] : turn('system', text));
  const joined = [shared, own].filter((one) => one !== '').join('\n');
  const isInQuestion = format.systemPlace === 'question';
  const hasOwnTurn = !isInQuestion && format.laterSystem;
  /** A message's own instruction goes before the question if the format has no turn for it. */
  const joinsQuestion = !isInQuestion && !hasOwnTurn && opening === null && own !== '';
  const { before, after } = format.user;
  const question: Piece[] = [
    before,
    ...(isInQuestion ? systemTurn(joined) : []),
    { text: joinsQuestion ? `${own}\n\n${user}` : user, role: 'user' },
    after,
  ];
  const systemTurns = () => {
    if (isInQuestion) return [];
    if (hasOwnTurn) return [...systemTurn(shared), ...systemTurn(own)];
    return opening ? systemTurn(joined) : [];
  };
  const start = opening ? [format.bos, ...(joined === '' ? [format.noSystem] : [])] : [];
  const answer = (): Piece[] => {
    if (assistant !== null) {
      const text = pastAnswer(format, assistant);
      return [format.assistant.before, { text, role: 'assistant' }, endOf(format)[0]];
    }
    if (partial === undefined) return [format.generation];
    // If an answer directly follows the question, its first space is not in `generation`.
    const lead = format.generation === '' ? format.assistant.before : format.generation;
    const opening = thoughtOpening(format);
    const text = partial.startsWith(opening) ? partial.slice(opening.length) : partial;
    return [lead, { text, role: 'assistant' }];
  };
  // The text after the last control token joins the next question in one tokenizer run.
  const [, tail] = endOf(format);
  return toParts(format, [
    ...(opening ? start : [tail]),
    ...systemTurns(),
    ...question,
    ...answer(),
  ]);
}

/** The end of an answer, split after its last control token. */
function endOf({ assistant, control }: TurnFormat): readonly [string, string] {
  const all = pieces(assistant.after, control);
  const at = all.findLastIndex((piece) => control.includes(piece)) + 1;
  return [all.slice(0, at).join(''), all.slice(at).join('')];
}

/** An earlier answer as the model's template formats it. */
function pastAnswer({ dropsThoughts, thinking }: TurnFormat, text: string): string {
  const closing = thinking?.closing ?? '</think>';
  const end = dropsThoughts ? text.lastIndexOf(closing) : -1;
  return end < 0 ? text : text.slice(end + closing.length).trimStart();
}

/**
 * Tokens of the vocabulary become control parts. Text between two of them is one tokenizer run, but an answer's is
 * cut off at line breaks, so that its tokens are those that the model wrote, whatever the text around it. Not so if
 * the vocabulary puts a space in front of each run.
 */
function toParts(format: TurnFormat, all: readonly Piece[]): Prompt {
  const { thinking, forgeable } = format;
  /** Thoughts keep their marks when an answer is continued. */
  const ofModel = forgeable.filter((one) => one !== thinking?.opening && one !== thinking?.closing);
  const parts: PromptPart[] = [];
  let wasAnswer = false;
  const addText = (value: string, isAnswer = false) => {
    const last = parts.at(-1);
    const isAtLine = last?.text.endsWith('\n') || value.startsWith('\n');
    const isCut = !format.addsSpace && (isAnswer || wasAnswer) && isAtLine;
    wasAnswer = isAnswer;
    if (last?.type === 'text' && !isCut) parts.splice(-1, 1, text(last.text + value));
    else if (value !== '') parts.push(text(value));
  };
  for (const piece of all) {
    if (typeof piece !== 'string') {
      const content = format.trims.includes(piece.role) ? piece.text.trim() : piece.text;
      const isAnswer = piece.role === 'assistant';
      addText(breakMarks(content, isAnswer ? ofModel : forgeable), isAnswer);
    } else if (piece !== '' && piece === format.bos) parts.push(control(piece));
    else {
      for (const one of pieces(piece, format.control)) {
        if (format.control.includes(one)) parts.push(control(one));
        else addText(one);
      }
    }
  }
  return parts;
}

/**
 * Llama 2's chat format, as in Meta's reference code (`chat_completion` in `llama/generation.py`): each
 * exchange is `<s>[INST] question [/INST] answer </s>`; the system text is inside the first question between
 * `<<SYS>>` lines, and so is a question's own. Each exchange is one tokenizer run there, and so here. No token
 * of the vocabulary spans a space and the text before it, so the question's tokens are the same with or without
 * its answer.
 */
function llama2(
  { system: own = '', user, assistant, partial }: PromptExchange,
  opening: PromptOpening | null,
): Prompt {
  const safe = (typed: string) => breakMarks(typed, llama2Marks);
  const system = [opening?.system ?? '', own].filter((part) => part !== '').join('\n');
  const head = system === '' ? '' : `<<SYS>>\n${safe(system)}\n<</SYS>>\n\n`;
  const question = `[INST] ${(head + safe(user)).trim()} [/INST]`;
  return assistant === null
    ? [control('<s>'), text(partial === undefined ? question : `${question} ${safe(partial)}`)]
    : [control('<s>'), text(`${question} ${safe(assistant)} `), control('</s>')];
}

/** Breaks each mark in the middle of its word, so that not even the word keeps its tokens. */
function breakMarks(text: string, marks: readonly string[]): string {
  return marks.reduce((broken, mark) => {
    if (!broken.includes(mark)) return broken;
    const middle = mark.search(/\w/) + 1;
    return broken.replaceAll(mark, mark.slice(0, middle) + breaker + mark.slice(middle));
  }, text);
}
