/** What a visitor chose, in IndexedDB. */
import { createStore, get, set } from 'idb-keyval';

const store = createStore('corral-settings', 'values');

/** The chosen model's id; undefined if the visitor never chose. */
export async function loadModelChoice(): Promise<string | undefined> {
  const value = await get<unknown>('model', store);
  return typeof value === 'string' ? value : undefined;
}

export function saveModelChoice(modelId: string): Promise<void> {
  return set('model', modelId, store);
}
