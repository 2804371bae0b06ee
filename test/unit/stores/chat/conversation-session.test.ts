import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { appended, replaced, withoutTurn } from '../../../../src/core/chat/branches';
import {
  type AnswerTurn,
  type Conversation,
  emptyConversation,
  type UserTurn,
} from '../../../../src/core/chat/conversation';
import { ConversationSession } from '../../../../src/stores/chat/conversation-session.svelte';
import { MemoryStorage, whenIdle } from '../memory-storage';

const question: UserTurn = { role: 'user', id: 'q', parentId: null, text: 'Hello', atMs: 1 };
const answer: AnswerTurn = {
  role: 'assistant',
  id: 'a',
  parentId: 'q',
  text: 'Hi',
  atMs: 2,
  modelId: 'm',
  state: 'done',
};
const base = [question, answer].reduce(appended<Conversation>, emptyConversation('c', 0));
const summary = { text: 'A greeting.', modelId: 'm', messages: 2 };

/** A tab that has opened the conversation and receives other tabs' changes. */
async function openTab(memory: MemoryStorage): Promise<ConversationSession> {
  const tab: { session: ConversationSession | null } = { session: null };
  const storage = memory.tab((change) => {
    if (change.type === 'saved') tab.session?.applySaved(change.summary.revision);
  });
  tab.session = await ConversationSession.open(storage, 'c');
  return tab.session!;
}

function memoryWith(conversation: Conversation): MemoryStorage {
  const memory = new MemoryStorage();
  memory.stored.set('c', { conversation, revision: 1 });
  return memory;
}

describe('a conversation in two tabs', () => {
  it('keeps the summary of one through the next save of the other', async () => {
    const memory = memoryWith(base);
    const [a, b] = [await openTab(memory), await openTab(memory)];
    a.change(replaced(a.current, { ...question, summary }));
    await whenIdle();
    b.change({ ...b.current, title: 'Greetings' });
    await whenIdle();
    expect(memory.conversation('c')).toMatchObject({
      title: 'Greetings',
      turns: [{ summary }, {}],
    });
    expect(a.current).toEqual(b.current);
  });

  it('does not bring back a summary that one of them removed', async () => {
    const memory = memoryWith(replaced(base, { ...question, summary }));
    const [a, b] = [await openTab(memory), await openTab(memory)];
    a.change(replaced(a.current, question));
    b.change({ ...b.current, onTop: true });
    await whenIdle();
    expect(memory.conversation('c')?.turns[0]).toEqual(question);
    expect(b.current).toMatchObject({ onTop: true, turns: [question, answer] });
  });

  it('keeps what both change at the same time', async () => {
    const memory = memoryWith(base);
    const [a, b] = [await openTab(memory), await openTab(memory)];
    a.change(appended(a.current, { ...question, id: 'x', parentId: 'a' }));
    b.change(appended(b.current, { ...question, id: 'y', parentId: 'a' }));
    a.change({ ...a.current, settings: { ...a.current.settings, pinned: 'Be brief.' } });
    b.change({ ...b.current, settings: { ...b.current.settings, systemPrompt: 'Dante.' } });
    await whenIdle();
    const stored = memory.conversation('c')!;
    expect(stored.turns.map(({ id }) => id).sort()).toEqual(['a', 'q', 'x', 'y']);
    expect(stored.settings).toMatchObject({ pinned: 'Be brief.', systemPrompt: 'Dante.' });
    expect(a.current.settings).toEqual(b.current.settings);
  });

  it('removes in one what the other deleted', async () => {
    const memory = memoryWith(base);
    const [a, b] = [await openTab(memory), await openTab(memory)];
    a.change(withoutTurn(a.current, 'a'));
    await whenIdle();
    expect(b.current.turns).toEqual([question]);
  });

  it('keeps fields that neither of them knows', async () => {
    const later = { ...base, turns: [{ ...question, later: 1 }, answer], later: { deep: [2] } };
    const memory = memoryWith(later);
    const tab = await openTab(memory);
    tab.change({ ...tab.current, title: 'Kept' });
    await whenIdle();
    expect(memory.conversation('c')).toEqual({ ...later, title: 'Kept' });
  });
});

describe('an answer that is being written', () => {
  const streaming: AnswerTurn = { ...answer, text: 'H', state: 'streaming' };

  it('is held by its tab until its end is stored', async () => {
    const memory = memoryWith(appended(emptyConversation('c', 0), question));
    const tab = await openTab(memory);
    const release = await tab.beginWriting(appended(tab.current, streaming), 'a');
    expect(memory.held).toContain('a');
    tab.write({ ...streaming, text: 'Hi' });
    await vi.waitFor(() => expect(memory.live.get('a')?.text).toBe('Hi'));
    tab.write(answer);
    release();
    expect(memory.held).toContain('a');
    await whenIdle();
    expect(memory.held).not.toContain('a');
    expect(memory.conversation('c')?.turns[1]).toEqual(answer);
    expect(memory.live.size).toBe(0);
  });

  it('is stored at its end without a read, since its page may be closing', async () => {
    const memory = memoryWith(appended(emptyConversation('c', 0), question));
    const tab = await openTab(memory);
    await tab.beginWriting(appended(tab.current, streaming), 'a');
    tab.write(answer);
    expect(memory.live.get('a')).toEqual(answer);
  });

  it('is marked unfinished if no tab is writing it any more', async () => {
    const memory = memoryWith(replaced(base, streaming));
    const tab = await openTab(memory);
    await whenIdle();
    expect(tab.current.turns[1]).toMatchObject({ text: 'H', state: 'unfinished' });
    expect(memory.conversation('c')?.turns[1]).toMatchObject({ state: 'unfinished' });
  });

  it('is followed while another tab writes it, and settled when that tab is gone', async () => {
    const memory = memoryWith(replaced(base, streaming));
    memory.held.add('a');
    const tab = await openTab(memory);
    tab.applyLive({ ...streaming, text: 'Hi th' });
    tab.applyLive({ ...streaming, text: 'Hi' });
    expect(tab.current.turns[1]).toMatchObject({ text: 'Hi th', state: 'streaming' });
    memory.release('a');
    await whenIdle();
    expect(tab.current.turns[1]).toMatchObject({ text: 'Hi th', state: 'unfinished' });
  });
});

describe('a browser that refuses to store', () => {
  it('is distinguished from one that is full, and can be retried', async () => {
    const memory = memoryWith(base);
    const tab = await openTab(memory);
    memory.fault = new DOMException('full', 'QuotaExceededError');
    tab.change({ ...tab.current, title: 'T' });
    await whenIdle();
    expect(tab.error?.code).toBe('chat-storage-full');
    memory.fault = new Error('gone');
    tab.saveAgain();
    await whenIdle();
    expect(tab.error?.code).toBe('chat-not-stored');
    memory.fault = null;
    tab.saveAgain();
    await whenIdle();
    expect(tab.error).toBeNull();
    expect(memory.conversation('c')?.title).toBe('T');
  });

  it('stores nothing of a forgotten conversation', async () => {
    const memory = memoryWith(base);
    const tab = await openTab(memory);
    tab.change({ ...tab.current, title: 'T' });
    tab.forget();
    tab.flush();
    await whenIdle();
    expect(memory.conversation('c')).toEqual(base);
  });
});

describe('a draft', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('is stored once typing pauses, or at once when the page may close', async () => {
    const memory = memoryWith(base);
    const tab = await openTab(memory);
    tab.draft = 'Ho';
    tab.draft = 'How';
    expect(memory.drafts.size).toBe(0);
    vi.advanceTimersByTime(400);
    expect(memory.drafts.get('c')).toBe('How');
    tab.draft = 'How a';
    tab.flush();
    expect(memory.drafts.get('c')).toBe('How a');
  });

  it('keeps an empty conversation, which is removed without one', async () => {
    const memory = memoryWith(emptyConversation('c', 0));
    const tab = await openTab(memory);
    tab.draft = 'Later';
    tab.leave();
    await whenIdle();
    expect(memory.stored.has('c')).toBe(true);
    const empty = await openTab(memory);
    empty.draft = '';
    empty.leave();
    await whenIdle();
    expect(memory.stored.has('c')).toBe(false);
  });
});
