/** Merges two tabs' versions of one conversation: nothing that either tab wrote is lost. */
import { type Conversation, isBeingWritten, type Turn } from '../chat/conversation';
import { answerTurn, conversationSchema, userTurn } from '../chat/conversation-schema';
import { isSameContent } from '../same-content';
import type { Schema } from '../schema';

/**
 * `base` is the last common state; null if there is none. Each field is taken from the side that changed it.
 * Turns that either side added are kept, as branches if both continued from the same turn. A turn that one side
 * deleted goes, unless the other side changed it or wrote below it. Our shown branch stays, unless theirs
 * continues it.
 */
export function merged(
  base: Conversation | null,
  ours: Conversation,
  theirs: Conversation,
): Conversation {
  const turns = mergedTurns(base?.turns ?? [], ours.turns, theirs.turns);
  const fields = mergedFields(conversationSchema, base, ours, theirs, 'ours');
  const tags = mergedTags(base?.tags, ours.tags, theirs.tags);
  return {
    ...fields,
    // If only one side has changed them, that side's value stays as it is.
    ...(isSameContent(fields.tags ?? [], tags) ? {} : { tags }),
    turns,
    leafId: mergedLeaf(turns, ours.leafId, theirs.leafId),
  };
}

/** Those that neither has removed. In the first load, so it does not know of upper and lower case. */
function mergedTags(base: Tags = [], ours: Tags = [], theirs: Tags = []): Tags {
  const isKept = (tag: string) =>
    !base.includes(tag) || (ours.includes(tag) && theirs.includes(tag));
  return [...new Set([...ours, ...theirs])].filter(isKept);
}

type Tags = readonly string[];
type Side = 'ours' | 'theirs';

/**
 * If both sides changed a field that cannot be merged by its own fields, the preferred side's value is taken.
 */
function mergedValue(
  schema: Schema<unknown> | undefined,
  base: unknown,
  ours: unknown,
  theirs: unknown,
  preferred: Side,
): unknown {
  // An unchanged value stays the same object, so that it is not drawn again.
  if (isSameContent(ours, theirs) || isSameContent(base, theirs)) return ours;
  if (isSameContent(base, ours)) return theirs;
  if (schema?.fields && !schema.isWhole && isObject(ours) && isObject(theirs)) {
    return mergedFields(schema, isObject(base) ? base : null, ours, theirs, preferred);
  }
  return preferred === 'ours' ? ours : theirs;
}

function mergedFields<T extends object>(
  schema: Schema<unknown>,
  base: T | null,
  ours: T,
  theirs: T,
  preferred: Side,
): T {
  const names = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  const entries = [...names].map((name) => {
    const [before, own, other] = [base, ours, theirs].map((side) => fieldOf(side, name));
    return [name, mergedValue(schema.fields?.[name], before, own, other, preferred)] as const;
  });
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as T;
}

const fieldOf = (value: object | null, name: string): unknown =>
  value && Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

type Turns = readonly Turn[];
type ById = ReadonlyMap<string, Turn>;

function mergedTurns(baseTurns: Turns, ourTurns: Turns, theirTurns: Turns): Turns {
  const [base, ours, theirs] = [byId(baseTurns), byId(ourTurns), byId(theirTurns)];
  const union = new Map<string, Turn>();
  for (const { id } of [...theirTurns, ...ourTurns]) {
    if (!union.has(id)) union.set(id, mergedTurn(base.get(id), ours.get(id), theirs.get(id))!);
  }
  const gone = new Set<string>();
  for (const [id, turn] of union) {
    const before = base.get(id);
    const isTakenOut = before && !(ours.has(id) && theirs.has(id));
    if (isTakenOut && isSameContent(before, turn)) gone.add(id);
  }
  keepAncestors(union, gone);
  return [...union.values()].filter(({ id }) => !gone.has(id));
}

/** A turn that stays needs its ancestors. */
function keepAncestors(turns: ById, gone: Set<string>): void {
  for (const turn of turns.values()) {
    if (gone.has(turn.id)) continue;
    for (let { parentId } = turn; parentId !== null && gone.delete(parentId);) {
      parentId = turns.get(parentId)?.parentId ?? null;
    }
  }
}

/** At least one of `ours` and `theirs` is given. */
function mergedTurn(base?: Turn, ours?: Turn, theirs?: Turn): Turn | undefined {
  if (!ours || !theirs) return ours ?? theirs;
  if (isSameContent(ours, theirs)) return ours;
  const preferred = preferredSide(ours, theirs);
  const schema = ours.role === 'user' ? userTurn : answerTurn;
  const turn = mergedFields(schema, base ?? null, ours, theirs, preferred);
  const haveBothEnded =
    fieldOf(ours, 'state') !== fieldOf(theirs, 'state') &&
    ![ours, theirs].some((side) => fieldOf(side, 'state') === fieldOf(base ?? null, 'state'));
  const whole = haveBothEnded ? withEndOf(preferred === 'ours' ? ours : theirs, turn) : turn;
  return isSameContent(whole, ours) ? ours : whole;
}

/** If both sides ended an answer differently, all fields about its end come from one side. */
function withEndOf(side: Turn, turn: Turn): Turn {
  const isEnd = (name: string) => ['state', 'error', 'stats', 'truncated'].includes(name);
  const kept = Object.entries(turn).filter(([name]) => !isEnd(name));
  const ended = Object.entries(side).filter(([name]) => isEnd(name));
  return Object.fromEntries([...kept, ...ended]) as unknown as Turn;
}

/** The side with the longer text, or else the side where the answer has ended. */
function preferredSide(ours: Turn, theirs: Turn): Side {
  const moreOfOurs = ours.text.length - theirs.text.length;
  if (moreOfOurs !== 0) return moreOfOurs > 0 ? 'ours' : 'theirs';
  return isBeingWritten(ours) ? 'theirs' : 'ours';
}

function mergedLeaf(turns: Turns, ours: string | null, theirs: string | null): string | null {
  const all = byId(turns);
  const seen = new Set<string>();
  for (let id = theirs; id !== null && !seen.has(id); id = all.get(id)?.parentId ?? null) {
    if (id === ours) return theirs;
    seen.add(id);
  }
  if (ours !== null && all.has(ours)) return ours;
  if (theirs !== null && all.has(theirs)) return theirs;
  return turns.at(-1)?.id ?? null;
}

const byId = (turns: Turns): ById => new Map(turns.map((turn) => [turn.id, turn]));
