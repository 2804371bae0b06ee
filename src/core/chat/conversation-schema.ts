/**
 * The fields of a stored conversation. Reading, importing and merging go by them, and
 * docs/conversation-format.md lists them.
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
  mended,
  nullable,
  number,
  type Of,
  oneOf,
  optional,
  parsed,
  record,
  text,
  variants,
  whole,
} from '../schema';

export const conversationSchemaVersion = 2;

/** Ids become keys of the database and parts of addresses: those of a file may hold nothing else. */
const id = checked<string>(
  (value, isStrict) => typeof value === 'string' && (!isStrict || /^[\w-]{1,64}$/.test(value)),
);

const isName = (value: unknown, isStrict: boolean) =>
  typeof value === 'string' && (!isStrict || value.length <= 1000);
const name = checked<string>(isName);

/** Dates reach a hundred million days from 1970. */
const time = mended(
  checked<number>((value) => typeof value === 'number' && Math.abs(value) <= 8.64e15),
  0,
);

const anyTurn = {
  id,
  /** The turn before it; null for a first one. Turns with the same parent are branches. */
  parentId: nullable(id),
  text,
  /** Milliseconds since 1970. */
  atMs: time,
};

/** Written by a model on request. */
const summary = record({
  text,
  modelId: mended(name, ''),
  /** How many of the messages before it went in; older ones did not fit. */
  messages: mended(number, 0),
});

export const userTurn = record({
  role: oneOf('user'),
  ...anyTurn,
  /** The text is the end of a message that was this long. */
  cutFromCharacters: optional(number),
  /** The date of this message alone. */
  asOf: optional(parsed(readDate)),
  /** The documents that came with it; their texts are stored apart. */
  attachments: optional(listOf(attachmentSchema)),
  /** Of the turns before this one, for when the model no longer sees them. */
  summary: optional(whole(summary)),
});

/** `unfinished`: its page or its engine went away while it was written. */
const state = oneOf('waiting', 'streaming', 'done', 'stopped', 'unfinished', 'failed');

const stats = record({
  timeToFirstTokenMs: number,
  /** From the first token to the last, on the page's clock; 0 when there was only one. */
  tokensPerSecond: number,
  promptTokens: number,
  cachedTokens: number,
  completionTokens: number,
  prefillMs: number,
});

const error = record({
  /** A later version may have stored one that this version has no words for. */
  code: checked<ErrorCode>(isName),
  data: dictionaryOf(
    checked<string | number>((value) => typeof value === 'string' || typeof value === 'number'),
  ),
});

export const answerTurn = formerly(
  { figures: 'stats' },
  record({
    role: oneOf('assistant'),
    ...anyTurn,
    modelId: mended(name, ''),
    /** As the model was called then, since models come and go; absent in older answers. */
    modelName: optional(name),
    /** Where another model wrote the beginning, and this one continued. */
    alsoBy: optional(listOf(record({ id: name, name }))),
    /** How an answer stands. */
    state: mended(state, 'done'),
    error: optional(whole(error)),
    stats: optional(whole(stats)),
    /** The pinned instruction that was in force; absent for none. */
    pinned: optional(text),
    /** The limit of tokens ended it, not the model. */
    cutShort: optional(flag),
    /** Where several were written: all of them. The picked one's text is the turn's. */
    bestOf: optional(whole(bestOfSchema)),
    /** Of documents too large for the window: what the model was given of them. */
    passages: optional(listOf(passageSchema)),
  }),
);

export const turnSchema = variants('role', { user: userTurn, assistant: answerTurn });

export const conversationSchema = record({
  schema: oneOf(conversationSchemaVersion),
  id,
  createdMs: time,
  /** Given by the visitor; without one the first message serves. */
  title: optional(name),
  /** The visitor keeps it at the top of the list. */
  onTop: optional(flag),
  /** Of all branches, each after its parent; `core/chat/branches` has the way through them. */
  turns: listOf(turnSchema),
  /** The last turn of the branch that is shown; null while there is none. */
  leafId: nullable(id),
  settings: mended(settingsSchema, defaultSettings),
});

export type Summary = Of<typeof summary>;
export type AnswerStats = Of<typeof stats>;
export type UserTurn = Of<typeof userTurn>;
export type AnswerTurn = Of<typeof answerTurn>;
export type Turn = Of<typeof turnSchema>;
export type Conversation = Of<typeof conversationSchema>;
