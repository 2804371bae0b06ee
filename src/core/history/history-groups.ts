/** Groups conversations by the day of their newest turn, in the visitor's own time zone. */
import type { ConversationSummary } from './conversation-summary';

export type GroupKey =
  | { readonly kind: 'on-top' | 'today' | 'yesterday' | 'last-7-days' }
  /** `atMs` is a time within the month. */
  | { readonly kind: 'month'; readonly atMs: number };

export interface HistoryGroup {
  readonly key: GroupKey;
  readonly summaries: readonly ConversationSummary[];
}

/** The newest first; conversations kept at the top before all others. */
export function groupedByDay(
  summaries: readonly ConversationSummary[],
  nowMs: number,
): readonly HistoryGroup[] {
  const sorted = [...summaries].sort((a, b) => b.updatedMs - a.updatedMs);
  const groups: { key: GroupKey; name: string; summaries: ConversationSummary[] }[] = [];
  const nameOf = groupNames(nowMs);
  const add = (key: GroupKey, name: string, summary: ConversationSummary) => {
    const last = groups.at(-1);
    if (last?.name === name) last.summaries.push(summary);
    else groups.push({ key, name, summaries: [summary] });
  };
  for (const summary of sorted.filter(({ onTop }) => onTop)) {
    add({ kind: 'on-top' }, 'on-top', summary);
  }
  for (const summary of sorted.filter(({ onTop }) => !onTop)) {
    const [key, name] = nameOf(summary.updatedMs);
    add(key, name, summary);
  }
  return groups;
}

function groupNames(nowMs: number): (atMs: number) => readonly [GroupKey, string] {
  const now = new Date(nowMs);
  /** Midnight `daysAgo` days ago; a day is not always 24 hours long. */
  const midnight = (daysAgo: number) =>
    new Date(now.getFullYear(), now.getMonth(), now.getDate() - daysAgo).getTime();
  const limits = [
    ['today', midnight(0)],
    ['yesterday', midnight(1)],
    ['last-7-days', midnight(7)],
  ] as const;
  return (atMs) => {
    for (const [kind, fromMs] of limits) if (atMs >= fromMs) return [{ kind }, kind];
    const day = new Date(atMs);
    const name = `${day.getFullYear()}-${day.getMonth()}`;
    return [{ kind: 'month', atMs }, name];
  };
}
