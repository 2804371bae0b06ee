/** What has been computed for a site, in its own part of the storage: it counts in every tab, and after a reload. */
import { readSpent, type SpentBudget, unspent } from '../core/embed/site-budget';

const keyOf = (origin: string) => `corral-site-spent:${origin}`;
/** Where the browser lets a frame store nothing, it counts as long as the frame is there. */
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
