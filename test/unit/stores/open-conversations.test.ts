import { describe, expect, it } from 'vitest';
import { appended } from '../../../src/core/branches';
import { dateOf } from '../../../src/core/as-of-date';
import {
  type AnswerTurn,
  type Conversation,
  emptyConversation,
} from '../../../src/core/conversation';
import { OpenConversations, type Openings } from '../../../src/stores/open-conversations.svelte';
import { MemoryStorage, settled } from './memory-storage';

const conversation = (id: string): Conversation =>
  appended(emptyConversation(id, 0), {
    ...{ role: 'user', id: `q-${id}`, parentId: null, text: `About ${id}`, atMs: 1 },
  });

/** As `src/storage/openings`, of one device. */
class Marks implements Openings {
  id: string | null = null;
  beginOpening = (id: string) => void (this.id = id);
  endOpening = (id: string) => void (this.id = this.id === id ? null : this.id);
  hungAtOpening = (id: string) => this.id === id;
}

function tabWith(...ids: readonly string[]) {
  const memory = new MemoryStorage();
  for (const id of ids) memory.stored.set(id, { conversation: conversation(id), revision: 1 });
  memory.currentId = ids[0] ?? null;
  const storage = memory.tab((change) => open.hear(change));
  const open = new OpenConversations(storage);
  return { memory, open, storage };
}

describe('at the start', () => {
  it('shows the conversation that was open last, or the one of the address', async () => {
    const last = tabWith('a', 'b');
    await last.open.start(null);
    expect(last.open.shown.id).toBe('a');
    const linked = tabWith('a', 'b');
    await linked.open.start('b');
    expect(linked.open.shown.id).toBe('b');
  });

  it('shows a new one where there is none, and keeps what was typed in the meantime', async () => {
    const { open } = tabWith();
    await open.start(null);
    expect(open.shown.isEmpty).toBe(true);
    const typed = tabWith('a');
    typed.open.shown.draft = 'Quick';
    await typed.open.start(null);
    expect(typed.open.shown).toMatchObject({ id: 'a', draft: 'Quick' });
  });

  it('leaves a visitor alone who was quicker than the database', async () => {
    const { open } = tabWith('a');
    const starting = open.start(null);
    open.shown.change(conversation(open.shown.id));
    await starting;
    expect(open.shown.current.turns[0]?.text).not.toBe('About a');
  });

  it('says that the browser stores nothing', async () => {
    const { open, storage } = tabWith();
    Object.assign(storage, { loadCurrentId: () => Promise.reject(new Error('private')) });
    await open.start(null);
    expect(open.shown.error?.code).toBe('chat-not-stored');
  });
});

describe('a conversation that a page hung over', () => {
  it('is not opened by itself the next time, and can be', async () => {
    const { storage } = tabWith('a', 'b');
    const marks = new Marks();
    const hung = new OpenConversations(storage, marks);
    await hung.start(null); // and never drawn
    const next = new OpenConversations(storage, marks);
    await next.start(null);
    expect(next.shown.isEmpty).toBe(true);
    expect(next.hungId).toBe('a');
    next.openHung();
    await settled();
    expect(next).toMatchObject({ hungId: null, shown: { id: 'a' } });
    next.drawn();
    const third = new OpenConversations(storage, marks);
    await third.start(null);
    expect(third.shown.id).toBe('a');
  });

  it('is marked when it is opened from the list too, and stays closed by its address', async () => {
    const { storage } = tabWith('a', 'b');
    const marks = new Marks();
    const hung = new OpenConversations(storage, marks);
    await hung.start(null);
    hung.drawn();
    await hung.open('b');
    const next = new OpenConversations(storage, marks);
    await next.start('b');
    expect(next).toMatchObject({ hungId: 'b', shown: { isEmpty: true } });
    await next.open('a');
    expect(next).toMatchObject({ hungId: null, shown: { id: 'a' } });
  });
});

describe('opening another conversation', () => {
  it('shows the one that was asked for last, however slow the database is', async () => {
    const { open, storage } = tabWith('a', 'b');
    const { load } = storage;
    let letGo = () => {};
    Object.assign(storage, {
      load: async (id: string) => {
        if (id === 'a') await new Promise<void>((resolve) => (letGo = resolve));
        return load(id);
      },
    });
    const first = open.open('a');
    await open.open('b');
    letGo();
    await first;
    expect(open.shown.id).toBe('b');
  });

  it('remembers it for a later visit, and says when it is gone', async () => {
    const { open, memory } = tabWith('a', 'b');
    expect(await open.open('b')).toBe(true);
    expect(memory.currentId).toBe('b');
    expect(await open.open('gone')).toBe(false);
    expect(open.shown.id).toBe('b');
  });

  it('finds the one in which an answer is written as it is in memory', async () => {
    const { open } = tabWith('a', 'b');
    await open.open('a');
    const writing = open.shown;
    open.answering = writing;
    await open.open('b');
    expect(open.keptOf('a')).toBe(writing);
    await open.open('a');
    expect(open.shown).toBe(writing);
  });
});

describe('a new conversation', () => {
  it('has the settings of the one before, but a day of its own', async () => {
    const { open } = tabWith('a');
    await open.open('a');
    const settings = {
      ...open.shown.current.settings,
      pinned: 'Be brief.',
      today: dateOf(2026, 1, 2),
    };
    open.shown.change({ ...open.shown.current, settings });
    open.startNew();
    expect(open.shown.isEmpty).toBe(true);
    expect(open.shown.current.settings).toEqual({ ...settings, today: null });
  });

  it('is not begun twice', () => {
    const { open } = tabWith();
    const empty = open.shown;
    open.startNew();
    expect(open.shown).toBe(empty);
  });
});

describe('a temporary chat', () => {
  function begun() {
    const tab = tabWith('a');
    const { open } = tab;
    open.startTemporary();
    const temporary = open.shown;
    temporary.change(conversation(temporary.id));
    return { ...tab, temporary };
  }

  it('is stored nowhere: no message, no answer under way, no draft', async () => {
    const { memory, open } = tabWith('a');
    open.startTemporary();
    const { shown } = open;
    expect(shown.isTemporary).toBe(true);
    const answer: AnswerTurn = {
      ...{ role: 'assistant', id: 'r', parentId: `q-${shown.id}`, text: 'So', atMs: 2 },
      ...{ modelId: 'm', state: 'streaming' },
    };
    const release = await shown.beginWriting(appended(conversation(shown.id), answer), 'r');
    shown.write({ ...answer, text: 'So be it' });
    shown.draft = 'And then?';
    shown.flush();
    release();
    await open.open('a');
    await settled();
    expect([...memory.stored.keys()]).toEqual(['a']);
    expect(memory.live.size + memory.drafts.size + memory.held.size).toBe(0);
    expect(memory.currentId).toBe('a');
  });

  it('takes what was typed along, and its draft out of the storage', async () => {
    const { memory, open } = tabWith();
    open.shown.draft = 'Between us';
    open.shown.flush();
    await settled();
    expect(memory.stored.size).toBe(1);
    open.startTemporary();
    await settled();
    expect(open.shown.draft).toBe('Between us');
    expect(memory.stored.size).toBe(0);
  });

  it('is told of when it is left, and can be shown again', async () => {
    const { open, temporary } = begun();
    const left: string[] = [];
    open.onTemporaryLeft = ({ id }) => left.push(id);
    await open.open('a');
    expect(left).toEqual([temporary.id]);
    expect(await open.open(temporary.id)).toBe(false);
    open.showAgain(temporary);
    expect(open.shown.current.turns).toHaveLength(1);
  });

  it('hands nothing that was set in it to the chat after it', () => {
    const { open, temporary } = begun();
    const { current } = temporary;
    temporary.change({ ...current, settings: { ...current.settings, pinned: 'My secret.' } });
    open.startNew();
    expect(open.shown.current.settings.pinned).toBe(emptyConversation('', 0).settings.pinned);
    expect(open.shown.isTemporary).toBe(false);
  });

  it('stays when another tab imports or deletes chats', async () => {
    const { open, temporary } = begun();
    open.hear({ type: 'replaced-all' });
    await settled();
    expect(open.shown).toBe(temporary);
  });

  it('is stored whole once it is kept', async () => {
    const { memory, open, temporary } = begun();
    open.keepTemporary();
    await settled();
    expect(memory.conversation(temporary.id)?.turns).toHaveLength(1);
    expect(temporary.isTemporary).toBe(false);
  });
});

describe('what other tabs do', () => {
  it('takes a deleted conversation out of sight, unless an answer is written in it', async () => {
    const { open } = tabWith('a', 'b');
    await open.open('a');
    open.hear({ type: 'removed', id: 'a' });
    expect(open.shown.id).not.toBe('a');
    await open.open('b');
    open.answering = open.shown;
    open.hear({ type: 'removed', id: 'b' });
    expect(open.shown.id).toBe('b');
  });

  it('reads again what an import may have replaced', async () => {
    const { open, memory } = tabWith('a');
    await open.open('a');
    const imported = { ...conversation('a'), title: 'Imported' };
    memory.stored.set('a', { conversation: imported, revision: 2 });
    open.hear({ type: 'replaced-all' });
    await settled();
    expect(open.shown.current.title).toBe('Imported');
    memory.stored.clear();
    open.hear({ type: 'replaced-all' });
    await settled();
    expect(open.shown.id).not.toBe('a');
  });
});

it('stores nothing again once all is forgotten', async () => {
  const { open, memory } = tabWith('a');
  await open.open('a');
  open.shown.change({ ...open.shown.current, title: 'T' });
  open.forgetAll();
  memory.stored.clear();
  open.flush();
  await settled();
  expect(memory.stored.size).toBe(0);
  expect(open.shown.isEmpty).toBe(true);
});
