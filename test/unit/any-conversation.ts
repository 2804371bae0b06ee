/** Arbitrary conversations for property tests: every field of the schema, and unknown fields. */
import fc from 'fast-check';
import { dateOf } from '../../src/core/prompt/as-of-date';
import type { BestOf, Candidate } from '../../src/core/chat/best-of';
import type {
  AnswerStats,
  AnswerTurn,
  Conversation,
  Summary,
  Turn,
  UserTurn,
} from '../../src/core/chat/conversation';
import type { ConversationSettings } from '../../src/core/chat/conversation-settings';
import type { Attachment, GivenPassage } from '../../src/core/documents/document';
import { pinCheckFrom } from '../../src/core/prompt/pin-check';
import type { SamplingChoice } from '../../src/core/prompt/sampling';
import { errorCodes } from '../../src/protocol/errors';

/** The compiler requires every field; the optional ones are sometimes left out. */
type FieldsOf<T> = { readonly [K in keyof Required<T>]: fc.Arbitrary<Required<T>[K]> };

const text = fc.string({ unit: 'binary', maxLength: 20 });
const name = fc.string({ maxLength: 12 });
const id = fc.stringMatching(/^[\w-]{1,12}$/);
const figure = fc.double({ noNaN: true, noDefaultInfinity: true, min: 0, max: 1e9 });
const time = fc.integer({ min: 0, max: 8.64e15 });
const date = fc
  .record({ year: fc.integer({ min: 1, max: 9999 }), day: fc.integer({ min: 1, max: 28 }) })
  .map(({ year, day }) => dateOf(year, (day % 12) + 1, day));

/** Fields that a later version may store. */
const laterFields = fc.dictionary(
  fc.constantFrom('later', 'constructor', 'toString', 'extra'),
  fc.jsonValue({ maxDepth: 1 }),
  { maxKeys: 2 },
);

/** A record with all required fields, some optional ones, and some of a later version. */
function recordWith<T>(
  fields: FieldsOf<T>,
  requiredKeys: readonly (keyof T)[] = Object.keys(fields) as (keyof T)[],
): fc.Arbitrary<T> {
  const known = fc.record(fields, { requiredKeys: [...requiredKeys], noNullPrototype: true });
  return fc
    .tuple(laterFields, known)
    .map(([later, value]) => ({ ...later, ...(value as object) }) as T);
}

const summary = recordWith<Summary>({ text, modelId: name, messages: fc.nat() });

const candidate = recordWith<Candidate>(
  {
    text,
    truncated: fc.boolean(),
    helpful: fc.double({ min: 0, max: 1, noNaN: true }),
    safe: fc.double({ min: 0, max: 1, noNaN: true }),
  },
  ['text'],
);

const bestOf = recordWith<BestOf>({
  candidates: fc.array(candidate, { minLength: 1, maxLength: 3 }),
  safetyFirst: fc.boolean(),
});

const stats = recordWith<AnswerStats>({
  timeToFirstTokenMs: figure,
  tokensPerSecond: figure,
  promptTokens: fc.nat(),
  cachedTokens: fc.nat(),
  completionTokens: fc.nat(),
  prefillMs: figure,
});

const error = recordWith<NonNullable<AnswerTurn['error']>>({
  code: fc.constantFrom(...errorCodes),
  data: fc.dictionary(
    name.filter((key) => key !== '__proto__'),
    fc.oneof(name, fc.integer()),
  ),
});

const sampling = recordWith<SamplingChoice>(
  {
    temperature: fc.double({ min: 0, max: 2, noNaN: true }),
    topP: fc.double({ min: 0.05, max: 1, noNaN: true }),
    topK: fc.integer({ min: 0, max: 1000 }),
    minP: fc.double({ min: 0, max: 1, noNaN: true }),
    frequencyPenalty: fc.double({ min: -2, max: 2, noNaN: true }),
    presencePenalty: fc.double({ min: -2, max: 2, noNaN: true }),
    repeatPenalty: fc.double({ min: 1, max: 2, noNaN: true }),
    maxAnswerTokens: fc.integer({ min: 1, max: 4096 }),
    thoughtTokens: fc.integer({ min: 0, max: 4096 }),
    seed: fc.nat(),
    stop: fc.array(fc.string({ minLength: 1, maxLength: 5 }), { maxLength: 4 }),
  },
  [],
);

const pinCheck = fc
  .oneof(
    fc.constant(pinCheckFrom('emoji', '')),
    fc.integer({ min: 1, max: 99 }).map((count) => pinCheckFrom('max-words', String(count))),
    name.map((end) => pinCheckFrom('ends-with', end)),
  )
  .chain((check) => laterFields.map((later) => check && { ...later, ...check }));

const settings = recordWith<ConversationSettings>({
  pinned: text,
  pinStrength: fc.constantFrom('system', 'every-turn'),
  pinCheck,
  safety: fc.constantFrom('direct', 'balanced', 'careful', null) as never,
  asOf: fc.oneof(date, fc.constantFrom('off', 'today', null)) as never,
  today: fc.option(date),
  systemPrompt: text,
  sampling,
  thinking: fc.constantFrom('on', 'off', null),
});

const attachment = recordWith<Attachment>(
  { id, name, kind: name, pages: fc.nat(), characters: fc.nat(), unused: fc.boolean() },
  ['id', 'name', 'kind', 'characters'],
);

const passage = recordWith<GivenPassage>(
  { documentId: id, name, from: fc.nat(), to: fc.nat(), page: fc.nat() },
  ['documentId', 'name', 'from', 'to'],
);

const placed = { id, parentId: fc.constant(null), text, atMs: time };

export const anyQuestion = recordWith<UserTurn>(
  {
    role: fc.constant('user' as const),
    ...placed,
    cutFromCharacters: fc.nat(),
    asOf: date,
    attachments: fc.array(attachment, { maxLength: 2 }),
    summary,
  },
  ['role', 'id', 'parentId', 'text', 'atMs'],
);

export const anyAnswer = recordWith<AnswerTurn>(
  {
    role: fc.constant('assistant' as const),
    ...placed,
    modelId: name,
    modelName: name,
    alsoBy: fc.array(recordWith({ id: name, name }), { maxLength: 2 }),
    state: fc.constantFrom('done', 'stopped', 'unfinished', 'failed'),
    error,
    stats,
    pinned: text,
    truncated: fc.boolean(),
    bestOf,
    passages: fc.array(passage, { maxLength: 2 }),
    edited: fc.boolean(),
  },
  ['role', 'id', 'parentId', 'text', 'atMs', 'modelId', 'state'],
);

/** Turns as a tree: each is below an earlier one, or starts a branch. */
const turns = fc
  .uniqueArray(fc.tuple(fc.oneof(anyQuestion, anyAnswer), fc.nat()), {
    selector: ([turn]) => turn.id,
    maxLength: 6,
  })
  .map((list) => {
    const ids: (string | null)[] = [null];
    return list.map(([turn, at]): Turn => {
      const parentId = ids[at % ids.length]!;
      ids.push(turn.id);
      return { ...turn, parentId };
    });
  });

const conversation = recordWith<Conversation>(
  {
    schema: fc.constant(2 as const),
    id,
    createdMs: time,
    title: name,
    suggestedTitle: fc.stringMatching(/^[a-z]{1,9}$/),
    onTop: fc.boolean(),
    tags: fc.uniqueArray(fc.stringMatching(/^[a-z]{1,9}$/), { maxLength: 3 }),
    turns,
    leafId: fc.constant(null),
    settings,
  },
  ['schema', 'id', 'createdMs', 'turns', 'leafId', 'settings'],
);

/** Valid: its leaf is one of its turns. */
export const anyConversation: fc.Arbitrary<Conversation> = fc
  .tuple(conversation, fc.nat())
  .map(([made, at]) => ({
    ...made,
    leafId: made.turns.length > 0 ? made.turns[at % made.turns.length]!.id : null,
  }));
