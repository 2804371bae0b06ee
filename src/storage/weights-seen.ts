/**
 * What a model's files were when they were first fetched, where no hash was known beforehand: `model` →
 * SHA-256 by the file's name. It outlives the files, so that a later change at their publisher's is seen.
 */
import { clear, createStore, del, get, update } from 'idb-keyval';

const store = createStore('corral-seen-files', 'hashes');

type Seen = Readonly<Record<string, string>>;

/** Records the hash at first sight; returns the one that was seen before, or this one. */
export async function seeHash(modelId: string, name: string, hash: string): Promise<string> {
  const before = (await get<Seen>(modelId, store)) ?? {};
  const seen = Object.hasOwn(before, name) ? before[name]! : hash;
  if (seen === hash) await update<Seen>(modelId, (all) => ({ ...all, [name]: hash }), store);
  return seen;
}

/** What comes next is taken as it is: the visitor accepts the change. */
export function forgetSeen(modelId: string): Promise<void> {
  return del(modelId, store);
}

export function clearSeen(): Promise<void> {
  return clear(store);
}
