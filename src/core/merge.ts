/** Brings together what two tabs made of one conversation: nothing that either of them wrote is lost. */
import { type Conversation, isBeingWritten, type Turn } from './conversation';
import { isSameContent } from './same-content';

/**
 * `base` is the last state that both had; null if they had none. Turns that either side added are kept, as
 * branches where both went on from the same turn. A turn that one side took out goes, unless the other
 * changed it or wrote below it. Where both changed a turn, the longer text wins. What is shown stays ours,
 * unless theirs goes on from there.
 */
export function merged(
  base: Conversation | null,
  ours: Conversation,
  theirs: Conversation,
): Conversation {
  const turns = mergedTurns(base?.turns ?? [], ours.turns, theirs.turns);
  const field = <K extends 'settings' | 'title' | 'onTop'>(key: K) =>
    base && isSameContent(base[key], ours[key]) ? theirs[key] : ours[key];
  const [title, onTop] = [field('title'), field('onTop')];
  return {
    ...unnamed(ours),
    turns,
    leafId: mergedLeaf(turns, ours.leafId, theirs.leafId),
    settings: field('settings') ?? ours.settings,
    ...(title === undefined ? {} : { title }),
    ...(onTop === undefined ? {} : { onTop }),
  };
}

const unnamed = ({ title: _title, onTop: _onTop, ...rest }: Conversation) => rest;

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
    if (isTakenOut && isSameTurn(before, turn)) gone.add(id);
  }
  keepAncestors(union, gone);
  return [...union.values()].filter(({ id }) => !gone.has(id));
}

/** A turn that stays needs all those before it. */
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
  // The same object where nothing changed: what is drawn from it stays as it is.
  if (isSameTurn(ours, theirs)) return ours;
  if (base && isSameTurn(base, ours)) return theirs;
  if (base && isSameTurn(base, theirs)) return ours;
  if (ours.text.length !== theirs.text.length) {
    return ours.text.length > theirs.text.length ? ours : theirs;
  }
  return isBeingWritten(ours) ? theirs : ours;
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

/** Errors and figures come with a state, so they need no look of their own. */
function isSameTurn(a: Turn, b: Turn): boolean {
  if (a === b) return true;
  const isSameState = a.role === 'user' || (b.role === 'assistant' && a.state === b.state);
  return a.role === b.role && isSameState && a.atMs === b.atMs && a.text === b.text;
}
