import { describe, expect, it } from 'vitest';
import {
  activePath,
  appended,
  replaced,
  withShownTurn,
  siblingsOf,
  withoutTurn,
} from '../../../src/core/chat/branches';
import type { Turn } from '../../../src/core/chat/conversation';

const turn = (id: string, parentId: string | null): Turn => ({
  role: 'user',
  id,
  parentId,
  text: '',
  atMs: 0,
});
/**
 * a ─ b ─ c
 *   └ d ─ e, the leaf
 */
const forked = {
  turns: [turn('a', null), turn('b', 'a'), turn('c', 'b'), turn('d', 'a'), turn('e', 'd')],
  leafId: 'e',
};
const ids = (turns: readonly Turn[]) => turns.map(({ id }) => id).join('');

describe('activePath', () => {
  it('leads from the first turn to the leaf, past other branches', () => {
    expect(ids(activePath(forked))).toBe('ade');
    expect(ids(activePath({ ...forked, leafId: 'c' }))).toBe('abc');
  });

  it('is empty without a leaf', () => {
    expect(activePath({ turns: [], leafId: null })).toEqual([]);
    expect(activePath({ ...forked, leafId: 'gone' })).toEqual([]);
  });

  it('ends at a cycle in an imported conversation', () => {
    const circle = { turns: [turn('a', 'b'), turn('b', 'a')], leafId: 'b' };
    expect(ids(activePath(circle))).toBe('ab');
  });
});

describe('a change', () => {
  it('appends a turn, which becomes the leaf', () => {
    expect(ids(activePath(appended(forked, turn('f', 'e'))))).toBe('adef');
  });

  it('replaces a turn in its place', () => {
    const changed = replaced(forked, { ...turn('b', 'a'), text: 'new' });
    expect(ids(changed.turns)).toBe('abcde');
    expect(changed.turns[1]?.text).toBe('new');
    expect(replaced(forked, turn('x', null))).toBe(forked);
  });

  it('removes a turn with everything below it, and shows a sibling branch', () => {
    const less = withoutTurn(forked, 'd');
    expect(ids(less.turns)).toBe('abc');
    expect(less.leafId).toBe('c');
  });

  it('shows the parent if there is no other branch', () => {
    expect(withoutTurn(forked, 'e')).toMatchObject({ leafId: 'd' });
    expect(withoutTurn(forked, 'a')).toMatchObject({ turns: [], leafId: null });
  });

  it('keeps the leaf when another branch goes', () => {
    expect(withoutTurn(forked, 'b')).toMatchObject({ leafId: 'e' });
  });
});

describe('branches beside each other', () => {
  it('are the turns of one parent, oldest first', () => {
    const siblings = siblingsOf(forked);
    expect(ids(siblings(turn('d', 'a')))).toBe('bd');
    expect(ids(siblings(turn('a', null)))).toBe('a');
  });

  it('are shown down to what was written last', () => {
    expect(withShownTurn(forked, 'b').leafId).toBe('c');
    expect(withShownTurn({ ...forked, leafId: 'c' }, 'd').leafId).toBe('e');
    const twice = appended(forked, turn('f', 'b'));
    expect(withShownTurn(twice, 'b').leafId).toBe('f');
  });
});
