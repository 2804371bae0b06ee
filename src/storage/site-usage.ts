/**
 * The computing time spent for a site, in the site's own partition: it counts in every tab and after a reload.
 */
import { readSpent, type SpentBudget, unspent } from '../core/embed/site-budget';

const keyOf = (origin: string) => `corral-site-spent:${origin}`;
/** If the frame cannot store anything, the time is counted until the frame is closed. */
const unstored = new Map<string, SpentBudget>();

export function loadSpent(origin: string): SpentBudget {
  try {
    return readSpent(JSON.parse(localStorage.getItem(keyOf(origin)) ?? 'null'));
  } catch {
    return unstored.get(origin) ?? unspent;
  }
}

export function saveSpent(origin: string, spent: SpentBudget): void {
  try {
    localStorage.setItem(keyOf(origin), JSON.stringify(spent));
  } catch {
    unstored.set(origin, spent);
  }
}
