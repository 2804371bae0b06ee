/**
 * The fields of a stored conversation. Reading, importing and merging use these schemas;
 * docs/conversation-format.md lists the fields.
 */
import type { ErrorCode } from '../../protocol/errors';
import { readDate } from '../prompt/as-of-date';
import { attachmentSchema, passageSchema } from '../documents/document';
import { bestOfSchema } from './best-of';
import { defaultSettings, settingsSchema } from './conversation-settings';
import {
  checked,
  dictionaryOf,
  flag,
  formerly,
  listOf,
  withFallback,
  nullable,
  number,
  type Of,
  oneOf,
  optional,
  parsed,
  record,
  text,
  time,
  variants,
  whole,
  recordId as id,
} from '../schema';

export const conversationSchemaVersion = 2;

const isName = (value: unknown, isStrict: boolean) =>
  typeof value === 'string' && (!isStrict || value.length <= 1000);
const name = checked<string>(isName);

const timeOrZero = withFallback(time, 0);

const anyTurn = {
  id,
  /** The id of the previous turn; null for the first one. Turns with the same parent are branches. */
  parentId: nullable(id),
  text,
  /** Milliseconds since 1970. */
  atMs: timeOrZero,
};

/** A summary of the conversation, written by the model. */
const summary = record({
  text,
  modelId: withFallback(name, ''),
  /** The number of messages that were summarised; older ones did not fit. */
  messages: withFallback(number, 0),
});

export const userTurn = record({
  role: oneOf('user'),
  ...anyTurn,
  /** The original length, if the text is only the end of a longer message. */
  cutFromCharacters: optional(number),
  /** The as-of date of this message alone. */
  asOf: optional(parsed(readDate)),
  /** The documents that came with it; their texts are stored separately. */
  attachments: optional(listOf(attachmentSchema)),
  /** Summarises the turns before this one, for when they no longer fit into the context window. */
  summary: optional(whole(summary)),
});

/** `unfinished`: the page or the engine ended during the answer. */
const state = oneOf('waiting', 'streaming', 'done', 'stopped', 'unfinished', 'failed');

const stats = record({
  timeToFirstTokenMs: number,
  /** From the first token to the last, on the page's clock; 0 for a single token. */
  tokensPerSecond: number,
  promptTokens: number,
  cachedTokens: number,
  completionTokens: number,
  prefillMs: number,
});

const error = record({
  /** A later version may have stored a code that this version does not know. */
  code: checked<ErrorCode>(isName),
  data: dictionaryOf(
    checked<string | number>((value) => typeof value === 'string' || typeof value === 'number'),
  ),
});

export const answerTurn = formerly(
  { figures: 'stats', cutShort: 'truncated' },
  record({
    role: oneOf('assistant'),
    ...anyTurn,
    modelId: withFallback(name, ''),
    /** The model's name at that time, since models come and go; absent in older answers. */
    modelName: optional(name),
    /** The models that wrote the beginning of an answer which this model continued. */
    alsoBy: optional(listOf(record({ id: name, name }))),
    /** The answer's progress. */
    state: withFallback(state, 'done'),
    error: optional(whole(error)),
    stats: optional(whole(stats)),
    /** The pinned instruction at that time; absent for none. */
    pinned: optional(text),
    /** The answer ended at the token limit. */
    truncated: optional(flag),
    /** All candidates, if there were several. The picked one's text is the turn's text. */
    bestOf: optional(whole(bestOfSchema)),
    /** The passages that the model was given, of documents that are too large for the window. */
    passages: optional(listOf(passageSchema)),
    /** The visitor has changed the text. */
    edited: optional(flag),
  }),
);

export const turnSchema = variants('role', { user: userTurn, assistant: answerTurn });

export const conversationSchema = record({
  schema: oneOf(conversationSchemaVersion),
  id,
  createdMs: timeOrZero,
  /** The visitor's title; without one, the first message is used. */
  title: optional(name),
  /** The title that the model suggested; used if the visitor typed none. */
  suggestedTitle: optional(name),
  /** The visitor keeps the conversation at the top of the list. */
  onTop: optional(flag),
  /** The visitor's tags, by which the list is filtered. */
  tags: optional(listOf(name)),
  /** The turns of all branches, each after its parent; `core/chat/branches` finds the path through them. */
  turns: listOf(turnSchema),
  /** The last turn of the shown branch; null while there are no turns. */
  leafId: nullable(id),
  settings: withFallback(settingsSchema, defaultSettings),
});

export type Summary = Of<typeof summary>;
export type AnswerStats = Of<typeof stats>;
export type UserTurn = Of<typeof userTurn>;
export type AnswerTurn = Of<typeof answerTurn>;
export type Turn = Of<typeof turnSchema>;
export type Conversation = Of<typeof conversationSchema>;
