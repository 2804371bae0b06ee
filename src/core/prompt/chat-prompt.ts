/** Builds the prompt of a conversation in a model's own format; engines never apply a template. */
import type { Prompt, PromptPart } from '../../protocol/engine';
import type { Exchange } from '../chat/conversation';
import {
  type PromptFormat,
  type Role,
  type TurnFormat,
  pieces,
  turnFormats,
} from './prompt-format';
import { breakMarks, llama2Marks } from './role-marks';
import { thoughtMarks } from '../chat/thoughts';

/** What of an exchange goes into a prompt. */
export type PromptExchange = Pick<Exchange, 'system' | 'user' | 'assistant' | 'partial'>;

/** What stands before the first exchange. */
export interface PromptOpening {
  readonly system: string;
}

export interface PromptInput extends PromptOpening {
  /** At least one; the last one's answer is null, and is what the model is to write, or to go on with. */
  readonly exchanges: readonly PromptExchange[];
}

export function chatPrompt(format: PromptFormat, { exchanges, ...opening }: PromptInput): Prompt {
  return exchanges.flatMap((exchange, index) =>
    exchangePrompt(format, exchange, index === 0 ? opening : null),
  );
}

/**
 * The part of a prompt that one exchange is: a prompt is one after the other. Only the first has an
 * opening, and with it the system text.
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
 * A piece of an answer's text without the space that the format itself has in front of an answer, and with the
 * thoughts' mark that it has there; `isFirst` for the answer's first. All the rest stays as the model wrote it: the
 * same text gives the same tokens on the next turn, which are still in the KV cache.
 */
export function answerPiece(format: PromptFormat, piece: string, isFirst: boolean): string {
  if (!isFirst) return piece;
  const hasSpace = format === 'llama2' || turnFormatOf(format).leadSpace;
  return thoughtOpening(format) + (hasSpace && piece.startsWith(' ') ? piece.slice(1) : piece);
}

/** What the prompt itself begins of an answer's thoughts (DeepSeek-R1), so that the model does not write it. */
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

/** A fixed text of the format, or what somebody wrote. */
type Piece = string | { readonly said: string; readonly by: Role };

function inTurns(
  format: TurnFormat,
  { system: own = '', user, assistant, partial }: PromptExchange,
  opening: PromptOpening | null,
): Prompt {
  const told = opening?.system ?? '';
  const turn = (role: Role, said: string): Piece[] => [
    format[role].before,
    { said, by: role },
    format[role].after,
  ];
  const instructed = (said: string) => (said === '' ? [] : turn('system', said));
  const joined = [told, own].filter((one) => one !== '').join('\n');
  const isInQuestion = format.systemPlace === 'question';
  const hasOwnTurn = !isInQuestion && format.laterSystem;
  /** A message's own instruction stands in front of the question where it can have no turn. */
  const isAhead = !isInQuestion && !hasOwnTurn && opening === null && own !== '';
  const { before, after } = format.user;
  const question: Piece[] = [
    before,
    ...(isInQuestion ? instructed(joined) : []),
    { said: isAhead ? `${own}\n\n${user}` : user, by: 'user' },
    after,
  ];
  const ahead = () => {
    if (isInQuestion) return [];
    if (hasOwnTurn) return [...instructed(told), ...instructed(own)];
    return opening ? instructed(joined) : [];
  };
  const start = opening ? [format.bos, ...(joined === '' ? [format.noSystem] : [])] : [];
  const answer = (): Piece[] => {
    if (assistant !== null) {
      const said = answered(format, assistant);
      return [format.assistant.before, { said, by: 'assistant' }, endOf(format)[0]];
    }
    if (partial === undefined) return [format.generation];
    // Where an answer simply follows the question, its first space is not in `generation`.
    const lead = format.generation === '' ? format.assistant.before : format.generation;
    const opening = thoughtOpening(format);
    const said = partial.startsWith(opening) ? partial.slice(opening.length) : partial;
    return [lead, { said, by: 'assistant' }];
  };
  // What follows the last control token is one run with the next question.
  const [, tail] = endOf(format);
  return toParts(format, [...(opening ? start : [tail]), ...ahead(), ...question, ...answer()]);
}

/** What ends an answer: up to its last control token, and the text behind that. */
function endOf({ assistant, control }: TurnFormat): readonly [string, string] {
  const all = pieces(assistant.after, control);
  const at = all.findLastIndex((piece) => control.includes(piece)) + 1;
  return [all.slice(0, at).join(''), all.slice(at).join('')];
}

/** As the model's template shows an earlier answer. */
function answered({ dropsThoughts, thinking }: TurnFormat, text: string): string {
  const closing = thinking?.closing ?? '</think>';
  const end = dropsThoughts ? text.lastIndexOf(closing) : -1;
  return end < 0 ? text : text.slice(end + closing.length).trimStart();
}

/**
 * Tokens of the vocabulary are control parts. What stands between two of them is one run of the tokenizer where that
 * puts a space in front of each run. Elsewhere it is cut at line breaks: an answer's tokens are then those that the
 * model wrote, whatever stands around them.
 */
function toParts(format: TurnFormat, all: readonly Piece[]): Prompt {
  const { thinking, forgeable } = format;
  /** A model's own thoughts keep their marks where an answer is continued. */
  const ofModel = forgeable.filter((one) => one !== thinking?.opening && one !== thinking?.closing);
  const parts: PromptPart[] = [];
  const addText = (value: string) => {
    const last = parts.at(-1);
    const isCut = !format.addsSpace && (last?.text.endsWith('\n') || value.startsWith('\n'));
    if (last?.type === 'text' && !isCut) parts.splice(-1, 1, text(last.text + value));
    else if (value !== '') parts.push(text(value));
  };
  for (const piece of all) {
    if (typeof piece !== 'string') {
      const said = format.trims.includes(piece.by) ? piece.said.trim() : piece.said;
      addText(breakMarks(said, piece.by === 'assistant' ? ofModel : forgeable));
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
 * Llama 2's chat format, as Meta's reference code (`chat_completion` in `llama/generation.py`) has
 * it: each exchange is `<s>[INST] question [/INST] answer </s>`, the system text stands inside the
 * first question between `<<SYS>>` lines; a question's own stands inside it in the same way. An exchange is
 * one run of the tokenizer there, and so here. No token of the vocabulary goes over a space into what stands
 * before it, so the question's tokens are the same whether or not its answer follows.
 */
function llama2(
  { system: own = '', user, assistant, partial }: PromptExchange,
  opening: PromptOpening | null,
): Prompt {
  const safe = (typed: string) => breakMarks(typed, llama2Marks);
  const told = [opening?.system ?? '', own].filter((part) => part !== '').join('\n');
  const head = told === '' ? '' : `<<SYS>>\n${safe(told)}\n<</SYS>>\n\n`;
  const question = `[INST] ${(head + safe(user)).trim()} [/INST]`;
  return assistant === null
    ? [control('<s>'), text(partial === undefined ? question : `${question} ${safe(partial)}`)]
    : [control('<s>'), text(`${question} ${safe(assistant)} `), control('</s>')];
}
