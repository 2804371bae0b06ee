import { describe, expect, it } from 'vitest';
import type { HistoryClient } from '../../../src/bridge/history-client';
import type { Conversation } from '../../../src/core/chat/conversation';
import { defaultSettings } from '../../../src/core/chat/conversation-settings';
import type { ConversationSessions } from '../../../src/stores/chat/conversation-sessions.svelte';
import { Undo } from '../../../src/stores/chat/undo.svelte';
import { History, type HistoryStorage } from '../../../src/stores/history/history.svelte';
import { LongChange } from '../../../src/stores/history/long-change.svelte';

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at);

describe('a change of many chats', () => {
  it('says how far it is', async () => {
    const change = new LongChange();
    const seen: (number | undefined)[] = [];
    await change.each(numbers(30), async () => void seen.push(change.progress?.done));
    expect(seen).toEqual(numbers(30));
    expect(change.progress).toBeNull();
  });

  it('of few chats says nothing', async () => {
    const change = new LongChange();
    const seen: unknown[] = [];
    await change.each(numbers(3), async () => void seen.push(change.progress));
    expect(seen).toEqual([null, null, null]);
  });

  it('ends after the chat at which it was cancelled', async () => {
    const change = new LongChange();
    let done = 0;
    await change.each(numbers(30), async (at) => {
      done += 1;
      if (at === 4) change.progress?.cancel?.();
    });
    expect(done).toBe(5);
  });

  it('shows no progress after an error', async () => {
    const change = new LongChange();
    const failing = () => Promise.reject(new Error('full'));
    await expect(change.each(numbers(30), failing)).rejects.toThrow('full');
    expect(change.progress).toBeNull();
  });
});

const chat = (id: string): Conversation => ({
  schema: 2,
  id,
  createdMs: 0,
  turns: [],
  leafId: null,
  settings: defaultSettings,
});

/** With this many stored chats; `onRemove` is called before each batch. */
function listOf(count: number, onRemove: (history: History) => void = () => {}) {
  const stored = new Set(numbers(count).map(String));
  const storage = {
    remove: async (ids: readonly string[]) => {
      onRemove(history);
      for (const id of ids) stored.delete(id);
      const conversations = ids.map((id) => ({ conversation: chat(id), draft: '' }));
      return { conversations, documents: [] };
    },
    save: async ({ id }: Conversation) => void stored.add(id),
  } as unknown as HistoryStorage;
  const shown = { id: 'another', current: chat('another'), draft: '' };
  const undo = new Undo();
  const history = new History({
    sessions: { shown, answering: null } as unknown as ConversationSessions,
    client: {} as HistoryClient,
    storage,
    undo,
  });
  return { history, stored, undo };
}

describe('deleting many chats', () => {
  it('can be undone as a whole', async () => {
    const { history, stored, undo } = listOf(120);
    await history.remove([...stored]);
    expect(stored.size).toBe(0);
    expect(undo.offer?.what).toEqual({ chats: 120 });
    undo.accept();
    await expect.poll(() => stored.size).toBe(120);
  });

  it('that is cancelled leaves the rest, and what is gone can be undone', async () => {
    const { history, stored, undo } = listOf(120, ({ longChange }) =>
      longChange.progress?.cancel?.(),
    );
    await history.remove([...stored]);
    expect(stored.size).toBe(70);
    expect(undo.offer?.what).toEqual({ chats: 50 });
    undo.accept();
    await expect.poll(() => stored.size).toBe(120);
  });

  it('that fails leaves the rest, says so, and what is gone can be undone', async () => {
    let batches = 0;
    const { history, stored, undo } = listOf(120, () => {
      batches += 1;
      if (batches === 2) throw new Error('damaged');
    });
    await history.remove([...stored]);
    expect(history.error?.code).toBe('chats-unreadable');
    expect([stored.size, undo.offer?.what]).toEqual([70, { chats: 50 }]);
    undo.dismiss();
  });
});
