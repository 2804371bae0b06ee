import { describe, expect, it } from 'vitest';
import { appended } from '../../../src/core/chat/branches';
import { emptyConversation } from '../../../src/core/chat/conversation';
import { summaryOf } from '../../../src/core/history/conversation-summary';
import type { SearchResult } from '../../../src/protocol/history';
import type { StoredConversation } from '../../../src/storage/conversation-records';
import { SearchIndex } from '../../../workers/history/search-index';

const stored = (id: string, text: string, atMs = 0): StoredConversation => ({
  conversation: appended(emptyConversation(id, 0), {
    role: 'user',
    id: `q-${id}`,
    parentId: null,
    text,
    atMs,
  }),
  revision: 1,
});
const saved = (one: StoredConversation) =>
  ({ type: 'saved', summary: summaryOf(one.conversation, one) }) as const;

/** Conversations in batches, each of which is read when the test allows it. */
function indexOf(...batches: readonly (readonly StoredConversation[])[]) {
  const records = new Map(batches.flat().map((one) => [one.conversation.id, one]));
  const gates: (() => void)[] = [];
  const state = { reads: 0, fault: null as Error | null, isGated: false };
  const index = new SearchIndex({
    readAll: async function* () {
      state.reads += 1;
      for (const batch of batches) {
        if (state.isGated) await new Promise<void>((resolve) => gates.push(resolve));
        if (state.fault) throw state.fault;
        yield batch;
      }
    },
    readSome: async (ids) => ids.flatMap((id) => records.get(id) ?? []),
  });
  const search = async (query: string, limit = 10) => {
    const results: SearchResult[] = [];
    for await (const result of index.search({ query, tags: [], limit })) results.push(result);
    return results.at(-1)!;
  };
  return { index, records, gates, state, search };
}
const ids = ({ hits }: SearchResult) => hits.map(({ id }) => id);

describe('a search', () => {
  it('finds the newest first, as many as were asked for, and says how many there are', async () => {
    const { search, state } = indexOf([stored('old', 'a tree', 1), stored('new', 'the tree', 2)]);
    expect(ids(await search('tree'))).toEqual(['new', 'old']);
    expect(await search('tree', 1)).toMatchObject({ hits: [{ id: 'new' }], total: 2 });
    expect(await search('house')).toMatchObject({ hits: [], total: 0, isComplete: true });
    expect(state.reads).toBe(1);
  });

  it('finds only chats that have all the tags', async () => {
    const { conversation } = stored('a', 'a tree');
    const tagged = { conversation: { ...conversation, tags: ['Garden', 'Work'] }, revision: 1 };
    const { index } = indexOf([tagged, stored('b', 'a tree')]);
    const found = async (tags: readonly string[]) => {
      const results = index.search({ query: 'tree', tags, limit: 10 });
      for await (const result of results) if (result.isComplete) return ids(result);
      return [];
    };
    expect(await found(['garden'])).toEqual(['a']);
    expect(await found(['garden', 'home'])).toEqual([]);
  });

  it('yields partial results while the rest is read', async () => {
    const { index, gates, state } = indexOf([stored('a', 'one tree')], [stored('b', 'two trees')]);
    state.isGated = true;
    const results = index.search({ query: 'tree', tags: [], limit: 10 });
    expect((await results.next()).value).toMatchObject({ total: 0, isComplete: false });
    gates.shift()!();
    expect((await results.next()).value).toMatchObject({ total: 1, isComplete: false });
    gates.shift()!();
    let last = await results.next();
    while (last.value && !last.value.isComplete) last = await results.next();
    expect(last.value).toMatchObject({ total: 2, isComplete: true });
  });

  it('reads everything again after a failure', async () => {
    const { search, state } = indexOf([stored('a', 'tree')]);
    state.fault = new Error('no database');
    await expect(search('tree')).rejects.toThrow('no database');
    state.fault = null;
    expect(ids(await search('tree'))).toEqual(['a']);
  });
});

describe('a change by a page', () => {
  it('is found in its current form', async () => {
    const { index, records, search } = indexOf([stored('a', 'tree'), stored('b', 'tree')]);
    await search('tree');
    const changed = stored('a', 'house', 5);
    records.set('a', changed);
    index.take(saved(changed));
    index.take({ type: 'removed', id: 'b' });
    expect(ids(await search('tree'))).toEqual([]);
    expect(ids(await search('house'))).toEqual(['a']);
  });

  it('is found while chats are still being read', async () => {
    const first = stored('a', 'tree');
    const { index, records, gates, state } = indexOf([first], []);
    state.isGated = true;
    const preparing = index.prepare();
    const changed = stored('a', 'house');
    records.set('a', changed);
    index.take(saved(changed));
    gates.shift()!();
    await new Promise(setImmediate);
    gates.shift()!();
    await preparing;
    const found: SearchResult[] = [];
    for await (const result of index.search({ query: 'house', tags: [], limit: 10 }))
      found.push(result);
    expect(ids(found.at(-1)!)).toEqual(['a']);
  });

  it('is read again after everything was replaced', async () => {
    const { index, search, state } = indexOf([stored('a', 'tree')]);
    await search('tree');
    index.take({ type: 'replaced-all' });
    await search('tree');
    expect(state.reads).toBe(2);
  });
});
