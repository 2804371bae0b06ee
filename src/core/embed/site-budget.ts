/** How long a site may have the visitor's device compute before the visitor is asked again. */

/** What was computed for a site, as of that time; it is regained evenly. */
export interface SpentBudget {
  readonly spentMs: number;
  readonly atMs: number;
  /** The visitor gave no more when it was spent. */
  readonly isRefused: boolean;
}

const hourMs = 60 * 60_000;
/** Within an hour. */
export const budgetMs = 10 * 60_000;
/** After a no, nothing is computed, and nobody asked, before so much is regained. */
const leastRegainedMs = 60_000;

export const unspent: SpentBudget = { spentMs: 0, atMs: 0, isRefused: false };

export function spend(budget: SpentBudget, ms: number, nowMs: number): SpentBudget {
  const isRefused = standing(budget, nowMs) === 'refused';
  return { spentMs: spentNow(budget, nowMs) + ms, atMs: nowMs, isRefused };
}

/** `ask`: it is spent, and the visitor may give more. */
export function standing(budget: SpentBudget, nowMs: number): 'go' | 'ask' | 'refused' {
  const leftMs = budgetMs - spentNow(budget, nowMs);
  if (budget.isRefused) return leftMs >= leastRegainedMs ? 'go' : 'refused';
  return leftMs > 0 ? 'go' : 'ask';
}

/** What was stored; whatever makes no sense is nothing. */
export function readSpent(value: unknown): SpentBudget {
  const { spentMs, atMs, isRefused } = (value ?? {}) as Record<string, unknown>;
  if (!Number.isFinite(spentMs) || !Number.isFinite(atMs)) return unspent;
  return { spentMs: spentMs as number, atMs: atMs as number, isRefused: isRefused === true };
}

function spentNow({ spentMs, atMs }: SpentBudget, nowMs: number): number {
  const regainedMs = (Math.max(0, nowMs - atMs) * budgetMs) / hourMs;
  return Math.max(0, spentMs - regainedMs);
}
