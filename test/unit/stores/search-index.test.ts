import { describe, expect, it } from 'vitest';
import { appended } from '../../../src/core/chat/branches';
import { emptyConversation } from '../../../src/core/chat/conversation';
import { packed, summaryOf, unpacked } from '../../../src/core/history/conversation-summary';
import type { SearchResult } from '../../../src/protocol/history';
import type { StoredConversation } from '../../../src/storage/conversation-records';
import { SearchIndex, type SearchStore } from '../../../workers/history/search-index';
import type { ConversationTerms } from '../../../workers/history/search-terms';

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

/** Reads of conversations wait until the test allows them, if it says so. */
function indexOf(...all: readonly StoredConversation[]) {
  const records = new Map(all.map((one) => [one.conversation.id, one]));
  const gates: (() => void)[] = [];
  const state = {
    /** The ids of each read. */
    reads: [] as string[][],
    fault: null as Error | null,
    isGated: false,
    summaryReads: 0,
    entries: [] as readonly ConversationTerms[],
  };
  const store: SearchStore = {
    readTerms: async () => state.entries,
    readAllSummaries: async () => {
      state.summaryReads += 1;
      return [...records.values()].map((one) => summaryOf(one.conversation, one));
    },
    readSome: async (ids) => {
      state.reads.push([...ids]);
      if (state.isGated) await new Promise<void>((resolve) => gates.push(resolve));
      if (state.fault) throw state.fault;
      return ids.flatMap((id) => records.get(id) ?? []);
    },
    writeTerms: async (ids, all) => {
      const changed = [...ids];
      const kept = state.entries.filter(({ id }) => !changed.includes(id));
      const entries = [...all].filter(({ id }) => changed.includes(id));
      state.entries = [...kept, ...entries];
    },
  };
  /** As after a start of the worker. */
  const started = () => new SearchIndex(store, { checkAfterMs: 0 });
  const index = started();
  const search = async (query: string, limit = 10, by = index) => {
    const results: SearchResult[] = [];
    for await (const result of by.search({ query, tags: [], limit })) results.push(result);
    return results.at(-1)!;
  };
  return { index, started, records, gates, state, search };
}
const ids = ({ hits }: SearchResult) => hits.map(({ id }) => id);

describe('a search', () => {
  it('finds the newest first, as many as were asked for, and says how many there are', async () => {
    const { search, state } = indexOf(stored('old', 'a tree', 1), stored('new', 'the tree', 2));
    expect(ids(await search('tree'))).toEqual(['new', 'old']);
    expect(await search('tree', 1)).toMatchObject({ hits: [{ id: 'new' }], total: 2 });
    expect(await search('house')).toMatchObject({ hits: [], total: 0, isComplete: true });
    // All of them for their words; what is shown once more.
    expect(state.reads).toEqual([
      ['new', 'old'],
      ['new', 'old'],
    ]);
  });

  it('finds only chats that have all the tags', async () => {
    const { conversation } = stored('a', 'a tree');
    const tagged = { conversation: { ...conversation, tags: ['Garden', 'Work'] }, revision: 1 };
    const { index } = indexOf(tagged, stored('b', 'a tree'));
    const found = async (tags: readonly string[]) => {
      const results = index.search({ query: 'tree', tags, limit: 10 });
      for await (const result of results) if (result.isComplete) return ids(result);
      return [];
    };
    expect(await found(['garden'])).toEqual(['a']);
    expect(await found(['garden', 'home'])).toEqual([]);
  });

  it('yields partial results while the rest is read', async () => {
    const many = Array.from({ length: 51 }, (_, at) => stored(`c${at}`, 'one tree', 100 - at));
    const { index, gates, state } = indexOf(...many);
    state.isGated = true;
    const results = index.search({ query: 'tree', tags: [], limit: 10 });
    expect((await results.next()).value).toMatchObject({ total: 0, isComplete: false });
    gates.shift()!();
    await new Promise(setImmediate);
    state.isGated = false;
    expect((await results.next()).value).toMatchObject({ total: 50, isComplete: false });
    gates.shift()!();
    let last = await results.next();
    while (last.value && !last.value.isComplete) last = await results.next();
    expect(last.value).toMatchObject({ total: 51, isComplete: true });
  });

  it('reads everything again after a failure', async () => {
    const { search, state } = indexOf(stored('a', 'tree'));
    state.fault = new Error('no database');
    await expect(search('tree')).rejects.toThrow('no database');
    state.fault = null;
    expect(ids(await search('tree'))).toEqual(['a']);
  });
});

describe('a change by a page', () => {
  it('is found in its current form', async () => {
    const { index, records, search } = indexOf(stored('a', 'tree'), stored('b', 'tree'));
    await search('tree');
    const changed = stored('a', 'house', 5);
    records.set('a', changed);
    index.take(saved(changed));
    index.take({ type: 'removed', id: 'b' });
    expect(ids(await search('tree'))).toEqual([]);
    expect(ids(await search('house'))).toEqual(['a']);
  });

  it('is found while chats are still being read', async () => {
    const { index, records, gates, state, search } = indexOf(stored('a', 'tree'));
    state.isGated = true;
    const preparing = index.prepare();
    await new Promise(setImmediate);
    const changed = stored('a', 'house');
    records.set('a', changed);
    index.take(saved(changed));
    state.isGated = false;
    gates.shift()!();
    await preparing;
    expect(ids(await search('house'))).toEqual(['a']);
  });

  it('is read again after everything was replaced', async () => {
    const { index, search, state } = indexOf(stored('a', 'tree'));
    await search('tree');
    index.take({ type: 'replaced-all' });
    const before = state.reads.length;
    state.entries = [];
    await search('tree');
    expect(state.reads.slice(before)).toEqual([['a'], ['a']]);
  });
});

describe('after a start', () => {
  it('only the chats are read that have changed since, and those that are shown', async () => {
    const { records, started, state, search } = indexOf(
      stored('a', 'tree'),
      stored('b', 'house'),
      stored('c', 'river'),
    );
    await search('tree');
    records.set('b', { ...stored('b', 'boat'), revision: 2 });
    records.delete('c');
    state.reads.length = 0;
    const next = started();
    expect(ids(await search('tree', 10, next))).toEqual(['a']);
    expect(state.reads.flat().sort()).toEqual(['a', 'b']);
    expect(ids(await search('boat', 10, next))).toEqual(['b']);
    expect(await search('house', 10, next)).toMatchObject({ total: 0 });
    expect(await search('river', 10, next)).toMatchObject({ total: 0 });
    expect(state.entries.map(({ id, terms }) => [id, terms])).toEqual([
      ['a', 'tree\n'],
      ['b', 'boat\n'],
    ]);
  });

  it('a chat in which an answer is being written is read again', async () => {
    const { conversation, revision } = stored('a', 'tree');
    const answer = { role: 'assistant', id: 'x', parentId: 'q-a', text: 'A', atMs: 0 } as const;
    const writing = appended(conversation, { ...answer, modelId: 'm', state: 'streaming' });
    const { started, state, search } = indexOf({ conversation: writing, revision });
    await search('tree');
    state.reads.length = 0;
    await search('nothing', 10, started());
    expect(state.reads).toEqual([['a']]);
  });
});

describe('a chat in which an answer is being written', () => {
  it('is read again by each search, until the answer has ended', async () => {
    const { conversation, revision } = stored('a', 'tree');
    const answer = { role: 'assistant', id: 'x', parentId: 'q-a', text: '', atMs: 0 } as const;
    const answered = (text: string, state: 'streaming' | 'done') => ({
      conversation: appended(conversation, { ...answer, text, modelId: 'm', state }),
      revision,
    });
    const { records, search, state } = indexOf(answered('A', 'streaming'));
    expect(await search('house')).toMatchObject({ total: 0 });
    records.set('a', answered('A house', 'done'));
    expect(ids(await search('house'))).toEqual(['a']);
    state.reads.length = 0;
    await search('nothing');
    expect(state.reads).toEqual([]);
  });
});

describe('by a page’s list', () => {
  const listOf = (...all: readonly StoredConversation[]) =>
    unpacked(packed(all.map((one) => summaryOf(one.conversation, one))));
  const resultsOf = async (index: SearchIndex, query: string, onResult = () => {}) => {
    const results: SearchResult[] = [];
    for await (const result of index.search({ query, tags: [], limit: 10 })) {
      results.push(result);
      onResult();
    }
    return results;
  };

  it('the first result needs no stored summaries; they are read once, after it', async () => {
    const [a, b] = [stored('a', 'tree', 1), stored('b', 'tree', 2)];
    const { started, state, search } = indexOf(a, b);
    await search('tree');
    const index = started();
    await index.prepare(listOf(a, b));
    state.summaryReads = 0;
    const readsAtResults: number[] = [];
    const results = await resultsOf(index, 'tree', () => readsAtResults.push(state.summaryReads));
    expect(results.map(ids)).toEqual([['b', 'a']]);
    expect(results[0]).toMatchObject({ total: 2, isComplete: true });
    expect(readsAtResults).toEqual([0]);
    await resultsOf(index, 'tree');
    expect(state.summaryReads).toBe(1);
  });

  it('chats are filtered by its tags', async () => {
    const { conversation } = stored('a', 'tree');
    const tagged = { conversation: { ...conversation, tags: ['Garden'] }, revision: 1 };
    const { started, search } = indexOf(tagged, stored('b', 'tree'));
    await search('tree');
    const index = started();
    await index.prepare(listOf(stored('b', 'tree'), tagged));
    const results = index.search({ query: 'tree', tags: ['garden'], limit: 10 });
    expect(ids((await results.next()).value as SearchResult)).toEqual(['a']);
  });

  it('what another tab has changed since is in the last result', async () => {
    const [a, b, c] = [stored('a', 'tree', 1), stored('b', 'tree', 2), stored('c', 'house', 3)];
    const { records, started, search } = indexOf(a, b, c);
    await search('tree');
    const index = started();
    await index.prepare(listOf(a, b, c));
    records.delete('b');
    records.set('c', { ...stored('c', 'tree house', 4), revision: 2 });
    records.set('d', stored('d', 'a new tree', 5));
    expect((await resultsOf(index, 'tree')).map(ids)).toEqual([['a'], ['d', 'c', 'a']]);
    expect((await resultsOf(index, 'tree')).map(ids)).toEqual([['d', 'c', 'a']]);
  });

  it('a search that another one follows leaves the check to that one', async () => {
    const [a, b] = [stored('a', 'tree', 1), stored('b', 'house', 2)];
    const { started, state, search } = indexOf(a, b);
    await search('tree');
    const index = started();
    await index.prepare(listOf(a, b));
    state.summaryReads = 0;
    const first = resultsOf(index, 'tree');
    const second = resultsOf(index, 'house');
    expect((await first).map(ids)).toEqual([['a']]);
    expect((await second).map(ids)).toEqual([['b']]);
    expect(state.summaryReads).toBe(1);
  });

  it('a chat whose words are not stored is read', async () => {
    const [a, b] = [stored('a', 'tree', 1), stored('b', 'tree', 2)];
    const { started, state, search } = indexOf(a, b);
    await search('tree');
    state.entries = state.entries.filter(({ id }) => id === 'a');
    const index = started();
    await index.prepare(listOf(a, b));
    expect((await resultsOf(index, 'tree')).map(ids)).toEqual([['b', 'a']]);
    expect(state.entries.map(({ id }) => id).sort()).toEqual(['a', 'b']);
  });
});
