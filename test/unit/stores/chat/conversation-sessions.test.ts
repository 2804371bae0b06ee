import { describe, expect, it } from 'vitest';
import { appended } from '../../../../src/core/chat/branches';
import { dateOf } from '../../../../src/core/prompt/as-of-date';
import {
  type AnswerTurn,
  type Conversation,
  emptyConversation,
} from '../../../../src/core/chat/conversation';
import {
  ConversationSessions,
  type OpeningMarks,
} from '../../../../src/stores/chat/conversation-sessions.svelte';
import { MemoryStorage, whenIdle } from '../memory-storage';

const conversation = (id: string): Conversation =>
  appended(emptyConversation(id, 0), {
    role: 'user',
    id: `q-${id}`,
    parentId: null,
    text: `About ${id}`,
    atMs: 1,
  });

/** `src/storage/opening-marks` in memory, for one device. */
class Marks implements OpeningMarks {
  id: string | null = null;
  beginOpening = (id: string) => void (this.id = id);
  endOpening = (id: string) => void (this.id = this.id === id ? null : this.id);
  hungWhileOpening = (id: string) => this.id === id;
}

function tabWith(...ids: readonly string[]) {
  const memory = new MemoryStorage();
  for (const id of ids) memory.stored.set(id, { conversation: conversation(id), revision: 1 });
  memory.currentId = ids[0] ?? null;
  const storage = memory.tab((change) => sessions.onStorageChange(change));
  const sessions = new ConversationSessions(storage);
  return { memory, sessions, storage };
}

describe('at the start', () => {
  it('shows the conversation that was open last, or the one of the address', async () => {
    const last = tabWith('a', 'b');
    await last.sessions.start(null);
    expect(last.sessions.shown.id).toBe('a');
    const linked = tabWith('a', 'b');
    await linked.sessions.start('b');
    expect(linked.sessions.shown.id).toBe('b');
  });

  it('shows a new one if there is none, and keeps what was typed meanwhile', async () => {
    const { sessions } = tabWith();
    await sessions.start(null);
    expect(sessions.shown.isEmpty).toBe(true);
    const typed = tabWith('a');
    typed.sessions.shown.draft = 'Quick';
    await typed.sessions.start(null);
    expect(typed.sessions.shown).toMatchObject({ id: 'a', draft: 'Quick' });
  });

  it('does not disturb a visitor who is faster than the database', async () => {
    const { sessions } = tabWith('a');
    const starting = sessions.start(null);
    sessions.shown.change(conversation(sessions.shown.id));
    await starting;
    expect(sessions.shown.current.turns[0]?.text).not.toBe('About a');
  });

  it('says that the browser stores nothing', async () => {
    const { sessions, storage } = tabWith();
    Object.assign(storage, { loadCurrentId: () => Promise.reject(new Error('private')) });
    await sessions.start(null);
    expect(sessions.shown.error?.code).toBe('chat-not-stored');
  });
});

describe('a conversation that a page hung on', () => {
  it('is not opened automatically the next time, but can be opened', async () => {
    const { storage } = tabWith('a', 'b');
    const marks = new Marks();
    const hung = new ConversationSessions(storage, marks);
    await hung.start(null); // and never drawn
    const next = new ConversationSessions(storage, marks);
    await next.start(null);
    expect(next.shown.isEmpty).toBe(true);
    expect(next.hungId).toBe('a');
    next.openHung();
    await whenIdle();
    expect(next).toMatchObject({ hungId: null, shown: { id: 'a' } });
    next.drawn();
    const third = new ConversationSessions(storage, marks);
    await third.start(null);
    expect(third.shown.id).toBe('a');
  });

  it('is marked when it is opened from the list too, and stays closed by its address', async () => {
    const { storage } = tabWith('a', 'b');
    const marks = new Marks();
    const hung = new ConversationSessions(storage, marks);
    await hung.start(null);
    hung.drawn();
    await hung.open('b');
    const next = new ConversationSessions(storage, marks);
    await next.start('b');
    expect(next).toMatchObject({ hungId: 'b', shown: { isEmpty: true } });
    await next.open('a');
    expect(next).toMatchObject({ hungId: null, shown: { id: 'a' } });
  });
});

describe('opening another conversation', () => {
  it('shows the one that was asked for last, however slow the database is', async () => {
    const { sessions, storage } = tabWith('a', 'b');
    const { load } = storage;
    let release = () => {};
    Object.assign(storage, {
      load: async (id: string) => {
        if (id === 'a') await new Promise<void>((resolve) => (release = resolve));
        return load(id);
      },
    });
    const first = sessions.open('a');
    await sessions.open('b');
    release();
    await first;
    expect(sessions.shown.id).toBe('b');
  });

  it('remembers it for a later visit, and says when it is gone', async () => {
    const { sessions, memory } = tabWith('a', 'b');
    expect(await sessions.open('b')).toBe(true);
    expect(memory.currentId).toBe('b');
    expect(await sessions.open('gone')).toBe(false);
    expect(sessions.shown.id).toBe('b');
  });

  it('uses the session in memory if an answer is written in it', async () => {
    const { sessions } = tabWith('a', 'b');
    await sessions.open('a');
    const writing = sessions.shown;
    sessions.answering = writing;
    await sessions.open('b');
    expect(sessions.sessionOf('a')).toBe(writing);
    await sessions.open('a');
    expect(sessions.shown).toBe(writing);
  });
});

describe('a new conversation', () => {
  it('has the settings of the previous one, but its own date', async () => {
    const { sessions } = tabWith('a');
    await sessions.open('a');
    const settings = {
      ...sessions.shown.current.settings,
      pinned: 'Be brief.',
      today: dateOf(2026, 1, 2),
    };
    sessions.shown.change({ ...sessions.shown.current, settings });
    sessions.startNew();
    expect(sessions.shown.isEmpty).toBe(true);
    expect(sessions.shown.current.settings).toEqual({ ...settings, today: null });
  });

  it('is not started twice', () => {
    const { sessions } = tabWith();
    const empty = sessions.shown;
    sessions.startNew();
    expect(sessions.shown).toBe(empty);
  });
});

describe('a temporary chat', () => {
  function begun() {
    const tab = tabWith('a');
    const { sessions } = tab;
    sessions.startTemporary();
    const temporary = sessions.shown;
    temporary.change(conversation(temporary.id));
    return { ...tab, temporary };
  }

  it('is stored nowhere: no message, no answer under way, no draft', async () => {
    const { memory, sessions } = tabWith('a');
    sessions.startTemporary();
    const { shown } = sessions;
    expect(shown.isTemporary).toBe(true);
    const answer: AnswerTurn = {
      role: 'assistant',
      id: 'r',
      parentId: `q-${shown.id}`,
      text: 'So',
      atMs: 2,
      modelId: 'm',
      state: 'streaming',
    };
    const release = await shown.beginWriting(appended(conversation(shown.id), answer), 'r');
    shown.write({ ...answer, text: 'So be it' });
    shown.draft = 'And then?';
    shown.flush();
    release();
    await sessions.open('a');
    await whenIdle();
    expect([...memory.stored.keys()]).toEqual(['a']);
    expect(memory.live.size + memory.drafts.size + memory.held.size).toBe(0);
    expect(memory.currentId).toBe('a');
  });

  it('takes over the draft, and removes it from storage', async () => {
    const { memory, sessions } = tabWith();
    sessions.shown.draft = 'Between us';
    sessions.shown.flush();
    await whenIdle();
    expect(memory.stored.size).toBe(1);
    sessions.startTemporary();
    await whenIdle();
    expect(sessions.shown.draft).toBe('Between us');
    expect(memory.stored.size).toBe(0);
  });

  it('is reported when it is left, and can be shown again', async () => {
    const { sessions, temporary } = begun();
    const left: string[] = [];
    sessions.onTemporaryLeft = ({ id }) => left.push(id);
    await sessions.open('a');
    expect(left).toEqual([temporary.id]);
    expect(await sessions.open(temporary.id)).toBe(false);
    sessions.showAgain(temporary);
    expect(sessions.shown.current.turns).toHaveLength(1);
  });

  it('does not pass its settings on to the next chat', () => {
    const { sessions, temporary } = begun();
    const { current } = temporary;
    temporary.change({ ...current, settings: { ...current.settings, pinned: 'My secret.' } });
    sessions.startNew();
    expect(sessions.shown.current.settings.pinned).toBe(emptyConversation('', 0).settings.pinned);
    expect(sessions.shown.isTemporary).toBe(false);
  });

  it('stays when another tab imports or deletes chats', async () => {
    const { sessions, temporary } = begun();
    sessions.onStorageChange({ type: 'replaced-all' });
    await whenIdle();
    expect(sessions.shown).toBe(temporary);
  });

  it('is stored whole once it is kept', async () => {
    const { memory, sessions, temporary } = begun();
    sessions.keepTemporary();
    await whenIdle();
    expect(memory.conversation(temporary.id)?.turns).toHaveLength(1);
    expect(temporary.isTemporary).toBe(false);
  });
});

describe('what other tabs do', () => {
  it('hides a deleted conversation, unless an answer is written in it', async () => {
    const { sessions } = tabWith('a', 'b');
    await sessions.open('a');
    sessions.onStorageChange({ type: 'removed', id: 'a' });
    expect(sessions.shown.id).not.toBe('a');
    await sessions.open('b');
    sessions.answering = sessions.shown;
    sessions.onStorageChange({ type: 'removed', id: 'b' });
    expect(sessions.shown.id).toBe('b');
  });

  it('reads the conversation again after an import', async () => {
    const { sessions, memory } = tabWith('a');
    await sessions.open('a');
    const imported = { ...conversation('a'), title: 'Imported' };
    memory.stored.set('a', { conversation: imported, revision: 2 });
    sessions.onStorageChange({ type: 'replaced-all' });
    await whenIdle();
    expect(sessions.shown.current.title).toBe('Imported');
    memory.stored.clear();
    sessions.onStorageChange({ type: 'replaced-all' });
    await whenIdle();
    expect(sessions.shown.id).not.toBe('a');
  });
});

it('stores nothing after everything was forgotten', async () => {
  const { sessions, memory } = tabWith('a');
  await sessions.open('a');
  sessions.shown.change({ ...sessions.shown.current, title: 'T' });
  sessions.forgetAll();
  memory.stored.clear();
  sessions.flush();
  await whenIdle();
  expect(memory.stored.size).toBe(0);
  expect(sessions.shown.isEmpty).toBe(true);
});
