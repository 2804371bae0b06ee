/** Reads a conversation that came out of storage, which is a trust boundary, and brings it up to date. */
import { readDate } from './as-of-date';
import { readBestOf } from './best-of';
import { type Conversation, conversationSchema, type Turn } from './conversation';
import { readSettings } from './conversation-settings';

/** Null if it is none that this version can show: a newer Corral, or another script, may have written it. */
export function readConversation(value: unknown): Conversation | null {
  const stored = (value ?? {}) as Partial<Record<string, unknown>>;
  const { id, createdMs, turns, leafId, settings, schema, title, onTop } =
    stored['schema'] === 1 ? fromSchema1(stored) : stored;
  const isSound =
    schema === conversationSchema &&
    typeof id === 'string' &&
    typeof createdMs === 'number' &&
    (leafId === null || typeof leafId === 'string') &&
    Array.isArray(turns) &&
    turns.every(isTurn);
  if (!isSound) return null;
  return {
    ...{ schema, id, createdMs, leafId },
    turns: turns.map(withSoundExtras),
    settings: readSettings(settings),
    ...(typeof title === 'string' ? { title } : {}),
    ...(onTop === true ? { onTop } : {}),
  };
}

/** Until 2026-11: the turns were a list, and the pinned instruction stood beside them. */
function fromSchema1({
  id,
  createdMs,
  turns,
  pinned,
}: Partial<Record<string, unknown>>): Partial<Record<string, unknown>> {
  const list: unknown[] = Array.isArray(turns) ? turns : [null];
  const ids = list.map((turn) => (turn as Partial<Turn> | null)?.id ?? null);
  return {
    schema: conversationSchema,
    id,
    createdMs: createdMs ?? 0,
    turns: list.map((turn, at) => turn && { ...turn, parentId: ids[at - 1] ?? null }),
    leafId: ids.at(-1) ?? null,
    settings: { pinned },
  };
}

/** A turn that was stored by itself; null if it is none. */
export function readTurn(value: unknown): Turn | null {
  return isTurn(value) ? withSoundExtras(value) : null;
}

/** Without a date or candidates that are none: the date goes into the prompt, ahead of the question. */
function withSoundExtras(turn: Turn): Turn {
  if (turn.role === 'user') {
    const { asOf: stored, ...question } = turn;
    const asOf = readDate(stored);
    return asOf ? { ...question, asOf } : question;
  }
  const { bestOf: stored, ...answer } = turn;
  const bestOf = readBestOf(stored);
  return bestOf ? { ...answer, bestOf } : answer;
}

function isTurn(value: unknown): value is Turn {
  const turn = (value ?? {}) as Partial<Turn>;
  return (
    (turn.role === 'user' || turn.role === 'assistant') &&
    typeof turn.id === 'string' &&
    (turn.parentId === null || typeof turn.parentId === 'string') &&
    typeof turn.text === 'string' &&
    (turn.role !== 'user' || !turn.summary || typeof turn.summary.text === 'string')
  );
}
