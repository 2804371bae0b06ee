import { describe, expect, it } from 'vitest';
import { activePath, appended, replaced, without } from '../../src/core/branches';
import {
  type AnswerTurn,
  type Conversation,
  emptyConversation,
  type Turn,
} from '../../src/core/conversation';
import { defaultSettings } from '../../src/core/conversation-settings';
import { merged } from '../../src/core/merge';

const question = (id: string, parentId: string | null, text = id): Turn => ({
  ...{ role: 'user', id, parentId, text, atMs: 0 },
});
const answer = (
  id: string,
  parentId: string,
  text: string,
  state: AnswerTurn['state'] = 'done',
): AnswerTurn => ({ role: 'assistant', id, parentId, text, atMs: 0, modelId: 'm', state });

/** q ─ a, the leaf */
const base: Conversation = [question('q', null), answer('a', 'q', 'Hello')].reduce(
  appended<Conversation>,
  emptyConversation('c', 0),
);
/** As the other tab has it: equal, but nothing of it the same object. */
const theirs = () => structuredClone(base);
const ids = (turns: readonly Turn[]) => turns.map(({ id }) => id).join('');

describe('two tabs that went on from one conversation', () => {
  it('keep both questions as branches, and each its own in sight', () => {
    const ours = appended(base, question('x', 'a'));
    const other = appended(theirs(), question('y', 'a'));
    const both = merged(base, ours, other);
    expect(ids(both.turns)).toBe('qayx');
    expect(ids(activePath(both))).toBe('qax');
    expect(ids(activePath(merged(base, other, ours)))).toBe('qay');
  });

  it('follow each other where only one of them went on', () => {
    const other = appended(theirs(), question('y', 'a'));
    expect(ids(activePath(merged(base, base, other)))).toBe('qay');
  });

  it('keep every parent before its children', () => {
    const ours = appended(appended(base, question('x', 'a')), answer('x2', 'x', '1'));
    const other = appended(appended(theirs(), question('y', 'a')), answer('y2', 'y', '2'));
    const seen = new Set<string | null>([null]);
    for (const { id, parentId } of merged(base, ours, other).turns) {
      expect(seen).toContain(parentId);
      seen.add(id);
    }
  });

  it('keep the object of a turn that neither changed, so that nothing is drawn anew', () => {
    expect(merged(base, base, theirs()).turns[1]).toBe(base.turns[1]);
  });
});

describe('a turn that one side took out', () => {
  it('goes', () => {
    expect(ids(merged(base, without(base, 'a'), theirs()).turns)).toBe('q');
    expect(ids(merged(base, base, without(theirs(), 'a')).turns)).toBe('q');
  });

  it('stays where the other wrote below it', () => {
    const ours = appended(base, question('x', 'a'));
    expect(ids(merged(base, ours, without(theirs(), 'q')).turns)).toBe('qax');
    expect(
      ids(merged(base, without(base, 'q'), appended(theirs(), question('y', 'a'))).turns),
    ).toBe('qay');
  });

  it('stays where the other changed it', () => {
    const ours = replaced(base, answer('a', 'q', 'Hello, and more'));
    expect(merged(base, ours, without(theirs(), 'a')).turns[1]?.text).toBe('Hello, and more');
  });
});

describe('an answer', () => {
  const waiting = replaced(base, answer('a', 'q', '', 'waiting'));

  it('is taken from the tab that writes it', () => {
    const ours = replaced(waiting, answer('a', 'q', 'Hel', 'streaming'));
    expect(merged(waiting, ours, structuredClone(waiting)).turns[1]?.text).toBe('Hel');
    expect(merged(waiting, structuredClone(waiting), ours).turns[1]?.text).toBe('Hel');
  });

  it('is the longer one where both have changed it, and the one that has ended where they are equal', () => {
    const short = replaced(waiting, answer('a', 'q', 'Hel', 'unfinished'));
    const long = replaced(waiting, answer('a', 'q', 'Hello', 'done'));
    expect(merged(waiting, short, long).turns[1]?.text).toBe('Hello');
    expect(merged(waiting, long, short).turns[1]?.text).toBe('Hello');
    const open = replaced(waiting, answer('a', 'q', 'Hello', 'streaming'));
    expect(merged(waiting, open, long).turns[1]).toMatchObject({ state: 'done' });
    expect(merged(waiting, long, open).turns[1]).toMatchObject({ state: 'done' });
  });
});

describe('title, place and settings', () => {
  it('are taken from the side that changed them', () => {
    const ours: Conversation = { ...base, title: 'Ours' };
    const settings = { ...defaultSettings, pinned: 'Be brief.' };
    const other: Conversation = { ...theirs(), onTop: true, settings };
    expect(merged(base, ours, other)).toMatchObject({
      ...{ title: 'Ours', onTop: true, settings: { pinned: 'Be brief.' } },
    });
    const unnamed = { ...theirs() };
    expect(
      merged({ ...base, title: 'Old' }, { ...base, title: 'Old' }, unnamed),
    ).not.toHaveProperty('title');
  });
});
