/** A conversation's turns as a tree: an edited question or a second answer starts a branch. */
import type { Conversation, Turn } from './conversation';

type Tree = Pick<Conversation, 'turns' | 'leafId'>;

/** The turns from the first to the leaf, in order: the shown branch, which is also what a model may see. */
export function activePath({ turns, leafId }: Tree): readonly Turn[] {
  const byId = new Map(turns.map((turn) => [turn.id, turn]));
  const path: Turn[] = [];
  // Each turn is taken once: an imported conversation may contain a cycle.
  for (let id = leafId; id !== null;) {
    const turn = byId.get(id);
    if (!turn) break;
    byId.delete(id);
    path.push(turn);
    id = turn.parentId;
  }
  return path.reverse();
}

/** Appends the turn as the new leaf. */
export function appended<T extends Tree>(conversation: T, turn: Turn): T {
  return { ...conversation, turns: [...conversation.turns, turn], leafId: turn.id };
}

/** The turns whose ids are not among `others`. */
export function turnsNotIn(turns: readonly Turn[], others: readonly Turn[]): readonly Turn[] {
  const ids = new Set(others.map(({ id }) => id));
  return turns.filter(({ id }) => !ids.has(id));
}

/** Replaces the turn of the same id. */
export function replaced<T extends Tree>(conversation: T, turn: Turn): T {
  const { turns } = conversation;
  // Searched from the end: while an answer streams, it is nearly always the newest turn.
  const at = turns.findLastIndex(({ id }) => id === turn.id);
  return at < 0 ? conversation : { ...conversation, turns: turns.with(at, turn) };
}

/** Removes the turn and all turns below it. If the leaf was among them, a sibling or the parent is shown. */
export function withoutTurn<T extends Tree>(conversation: T, turnId: string): T {
  const { turns, leafId } = conversation;
  const gone = new Set([turnId]);
  // A turn comes after its parent, so one pass finds all.
  for (const { id, parentId } of turns) {
    if (parentId !== null && gone.has(parentId)) gone.add(id);
  }
  const isLeafGone = leafId !== null && gone.has(leafId);
  const parentId = turns.find(({ id }) => id === turnId)?.parentId ?? null;
  const left = turns.filter(({ id }) => !gone.has(id));
  const less = { ...conversation, turns: left, leafId: isLeafGone ? parentId : leafId };
  const sibling = isLeafGone && left.findLast((turn) => turn.parentId === parentId);
  return sibling ? withShownTurn(less, sibling.id) : less;
}

/** Returns a function that gives the siblings of a turn, including the turn itself, oldest first. */
export function siblingsOf({ turns }: Pick<Tree, 'turns'>): (turn: Turn) => readonly Turn[] {
  const byParent = new Map<string | null, Turn[]>();
  for (const turn of turns) {
    const siblings = byParent.get(turn.parentId);
    if (siblings) siblings.push(turn);
    else byParent.set(turn.parentId, [turn]);
  }
  return ({ parentId }) => byParent.get(parentId) ?? [];
}

/** Shows the branch of that turn, down to the leaf that was written last. */
export function withShownTurn<T extends Tree>(conversation: T, turnId: string): T {
  let leafId = turnId;
  // A turn comes after its parent, so one pass finds all below it; the last one found is a leaf.
  const below = new Set([turnId]);
  for (const { id, parentId } of conversation.turns) {
    if (parentId !== null && below.has(parentId)) {
      below.add(id);
      leafId = id;
    }
  }
  return { ...conversation, leafId };
}
