/** The data that the list shows of each conversation. It is small enough to read ten thousand at once. */
import type { ListedChats } from '../../protocol/history';
import type { Conversation } from '../chat/conversation';

export interface ConversationSummary {
  readonly id: string;
  /** Empty if nothing is written yet. */
  readonly title: string;
  readonly createdMs: number;
  /** The time of the newest turn. */
  readonly updatedMs: number;
  readonly onTop: boolean;
  readonly turnCount: number;
  /** How many times the record was stored: shows a tab that another tab has changed it. */
  readonly revision: number;
  /** The ids of the documents in its questions; absent for none. */
  readonly documents?: readonly string[];
  /** Absent for none. */
  readonly tags?: readonly string[];
}

export function summaryOf(
  conversation: Conversation,
  { revision, draft = '' }: { revision: number; draft?: string },
): ConversationSummary {
  const { id, createdMs, turns, onTop = false, tags = [] } = conversation;
  const documents = documentsIn(turns);
  return {
    id,
    title: titleOf(conversation, draft),
    createdMs,
    updatedMs: turns.reduce((latest, { atMs }) => Math.max(latest, atMs), createdMs),
    onTop,
    turnCount: turns.length,
    revision,
    ...(documents.length > 0 ? { documents } : {}),
    ...(tags.length > 0 ? { tags } : {}),
  };
}

/** For a summary's place in a search. */
export type ListedChat = Pick<ConversationSummary, 'id' | 'revision' | 'updatedMs' | 'tags'>;

export function packed(summaries: readonly ListedChat[]): ListedChats {
  return {
    ids: summaries.map(({ id }) => id),
    revisions: summaries.map(({ revision }) => revision),
    updatedMs: summaries.map(({ updatedMs }) => updatedMs),
    tags: new Map(summaries.flatMap(({ tags }, at) => (tags ? [[at, tags] as const] : []))),
  };
}

export function unpacked({ ids, revisions, updatedMs, tags }: ListedChats): readonly ListedChat[] {
  return ids.map((id, at) => ({
    id,
    revision: revisions[at]!,
    updatedMs: updatedMs[at]!,
    tags: tags.get(at) ?? [],
  }));
}

export function documentsIn(turns: Conversation['turns']): readonly string[] {
  const all = turns.flatMap((turn) => (turn.role === 'user' ? (turn.attachments ?? []) : []));
  return [...new Set(all.map(({ id }) => id))];
}

/** The visitor's title, or else the model's, or else one from the first message or its draft. */
export function titleOf({ title, suggestedTitle, turns }: Conversation, draft = ''): string {
  return (
    title ?? suggestedTitle ?? firstWords(turns.find(({ role }) => role === 'user')?.text ?? draft)
  );
}

/** A line of a phone's drawer holds less; the rest shows on wider screens and in a tooltip. */
const titleCharacters = 80;

/** The beginning of a text as one line, cut between words if possible. */
function firstWords(text: string): string {
  // Reads only the head: a message may be a megabyte long.
  const line = text
    .slice(0, 10 * titleCharacters)
    .replace(/\s+/g, ' ')
    .trim();
  if (line.length <= titleCharacters) return line;
  const head = line
    .slice(0, titleCharacters)
    .toWellFormed()
    .replace(/\ufffd$/, '');
  const atSpace = head.lastIndexOf(' ');
  return `${atSpace > titleCharacters / 2 ? head.slice(0, atSpace) : head}…`;
}

/** Reads a stored summary; null if it is invalid. */
export function readSummary(value: unknown): ConversationSummary | null {
  const summary = (value ?? {}) as Partial<ConversationSummary>;
  const { id, title, createdMs, updatedMs, onTop, turnCount, revision, documents, tags } = summary;
  const isSound =
    typeof id === 'string' &&
    typeof title === 'string' &&
    typeof createdMs === 'number' &&
    typeof updatedMs === 'number' &&
    typeof onTop === 'boolean' &&
    typeof turnCount === 'number' &&
    typeof revision === 'number' &&
    (documents === undefined || Array.isArray(documents)) &&
    (tags === undefined || Array.isArray(tags));
  return isSound ? (summary as ConversationSummary) : null;
}
