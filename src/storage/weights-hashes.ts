/**
 * The hashes of a model's files at their first download, if no hash was known in advance: `model` → SHA-256 by
 * file name. They outlive the files, so that a later change by the publisher is noticed.
 */
import { clear, createStore, del, get, update } from 'idb-keyval';

const store = createStore('corral-seen-files', 'hashes');

type Seen = Readonly<Record<string, string>>;

/** Records the hash at first sight; returns the recorded one. */
export async function recordHash(modelId: string, name: string, hash: string): Promise<string> {
  const before = (await get<Seen>(modelId, store)) ?? {};
  const seen = Object.hasOwn(before, name) ? before[name]! : hash;
  if (seen === hash) await update<Seen>(modelId, (all) => ({ ...all, [name]: hash }), store);
  return seen;
}

/** Accepts the next hashes: the visitor accepts the change. */
export function forgetHashes(modelId: string): Promise<void> {
  return del(modelId, store);
}

export function clearHashes(): Promise<void> {
  return clear(store);
}
