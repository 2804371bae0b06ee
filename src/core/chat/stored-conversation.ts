/** Reads a conversation from storage, which is a trust boundary, and migrates it to the current schema. */
import type { AnswerTurn, Conversation, Turn } from './conversation';
import { answerTurn, conversationSchema, conversationSchemaVersion } from './conversation-schema';
import { Reading, readOrNull } from '../schema';

type Raw = Partial<Record<string, unknown>>;

/** Null if this version cannot show it: a newer Corral or another script may have written it. */
export function readConversation(value: unknown): Conversation | null {
  const stored = (value ?? {}) as Raw;
  const current = stored['schema'] === 1 ? fromSchema1(stored) : stored;
  const conversation = readOrNull(conversationSchema, current, new Reading(false));
  return conversation && withValidTree(conversation);
}

/** True for a record of a later schema, which this version must not overwrite. */
export function isNewer(value: unknown): boolean {
  const schema = (value as Raw | undefined)?.['schema'];
  return typeof schema === 'number' && schema > conversationSchemaVersion;
}

/** Schema 1, until 2026-11: the turns were a list, and the pinned instruction was a field of the conversation. */
function fromSchema1({ turns, pinned, ...others }: Raw): Raw {
  const list: unknown[] = Array.isArray(turns) ? turns : [null];
  const ids = list.map((turn) => (turn as Partial<Turn> | null)?.id ?? null);
  return {
    ...others,
    schema: conversationSchemaVersion,
    turns: list.map((turn, at) => turn && { ...turn, parentId: ids[at - 1] ?? null }),
    leafId: ids.at(-1) ?? null,
    settings: { pinned },
  };
}

/** An answer that was stored separately; null if it is invalid. */
export function readAnswer(value: unknown): AnswerTurn | null {
  return readOrNull(answerTurn, value, new Reading(false));
}

/**
 * Makes each turn unique and placed after its parent, and the leaf one of them, so that an export can be
 * imported.
 */
function withValidTree(conversation: Conversation): Conversation {
  const { leafId } = conversation;
  const turns = ordered(conversation.turns);
  const isLeafSound = leafId === null || turns.some(({ id }) => id === leafId);
  if (turns === conversation.turns && isLeafSound) return conversation;
  return { ...conversation, turns, leafId: isLeafSound ? leafId : (turns.at(-1)?.id ?? null) };
}

/** In linear time: a stored list may have any order and any length. */
function ordered(turns: readonly Turn[]): readonly Turn[] {
  const placed = new Map<string, Turn>();
  const waiting = new Map<string, Turn[]>();
  /** Places the turn and all turns that waited for it. */
  const place = (turn: Turn) => {
    for (const next = [turn]; next.length > 0;) {
      const one = next.pop()!;
      if (placed.has(one.id)) continue;
      placed.set(one.id, one);
      next.push(...(waiting.get(one.id)?.reverse() ?? []));
      waiting.delete(one.id);
    }
  };
  for (const turn of turns) {
    const { parentId } = turn;
    const siblings = parentId === null ? undefined : waiting.get(parentId);
    if (parentId === null || placed.has(parentId)) place(turn);
    else if (siblings) siblings.push(turn);
    else waiting.set(parentId, [turn]);
  }
  // Its parent is missing or below it, so it starts a branch of its own.
  for (const turn of turns) if (!placed.has(turn.id)) place({ ...turn, parentId: null });
  const all = [...placed.values()];
  return all.length === turns.length && all.every((turn, at) => turn === turns[at]) ? turns : all;
}
