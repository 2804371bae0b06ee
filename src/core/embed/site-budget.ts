/** How much computing time a site may use before the visitor is asked again. */

/** The time spent for a site, as of `atMs`; it is regained evenly. */
export interface SpentBudget {
  readonly spentMs: number;
  readonly atMs: number;
  /** The visitor refused more time. */
  readonly isRefused: boolean;
}

const hourMs = 60 * 60_000;
/** The budget of an hour. */
export const budgetMs = 10 * 60_000;
/** After a refusal, nothing is computed or asked until this much is regained. */
const minRegainedMs = 60_000;

export const unspent: SpentBudget = { spentMs: 0, atMs: 0, isRefused: false };

export function spend(budget: SpentBudget, ms: number, nowMs: number): SpentBudget {
  const isRefused = budgetState(budget, nowMs) === 'refused';
  return { spentMs: spentNow(budget, nowMs) + ms, atMs: nowMs, isRefused };
}

/** `ask`: the budget is spent, and the visitor may grant more. */
export function budgetState(budget: SpentBudget, nowMs: number): 'go' | 'ask' | 'refused' {
  const leftMs = budgetMs - spentNow(budget, nowMs);
  if (budget.isRefused) return leftMs >= minRegainedMs ? 'go' : 'refused';
  return leftMs > 0 ? 'go' : 'ask';
}

/** Reads a stored budget; an invalid one counts as unspent. */
export function readSpent(value: unknown): SpentBudget {
  const { spentMs, atMs, isRefused } = (value ?? {}) as Record<string, unknown>;
  if (!Number.isFinite(spentMs) || !Number.isFinite(atMs)) return unspent;
  return { spentMs: spentMs as number, atMs: atMs as number, isRefused: isRefused === true };
}

function spentNow({ spentMs, atMs }: SpentBudget, nowMs: number): number {
  const regainedMs = (Math.max(0, nowMs - atMs) * budgetMs) / hourMs;
  return Math.max(0, spentMs - regainedMs);
}
