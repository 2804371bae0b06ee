import { describe, expect, it } from 'vitest';
import {
  allToggled,
  noneSelected,
  present,
  rangeToggled,
  toggled,
} from '../../../src/core/history/selection';

const order = ['a', 'b', 'c', 'd', 'e'];
const ids = (selected: { readonly ids: ReadonlySet<string> }) => [...selected.ids].sort().join('');

describe('a selection', () => {
  it('selects and deselects a chat', () => {
    const one = toggled(noneSelected, 'b');
    expect(ids(one)).toBe('b');
    expect(ids(toggled(one, 'b'))).toBe('');
  });

  it('selects a range from the chat that was changed last, in either direction', () => {
    const from = toggled(noneSelected, 'd');
    expect(ids(rangeToggled(from, 'b', order))).toBe('bcd');
    expect(ids(rangeToggled(from, 'e', order))).toBe('de');
  });

  it('deselects a range if its end was selected', () => {
    const all = allToggled(noneSelected, order);
    expect(ids(rangeToggled(toggled(all, 'b'), 'd', order))).toBe('ae');
  });

  it('selects one chat if a range has no beginning in the list', () => {
    expect(ids(rangeToggled(noneSelected, 'c', order))).toBe('c');
    expect(ids(rangeToggled(toggled(noneSelected, 'gone'), 'c', order))).toBe('cgone');
  });

  it('selects all shown chats, then none of them, and leaves others unchanged', () => {
    const other = toggled(noneSelected, 'x');
    const all = allToggled(other, order);
    expect(ids(all)).toBe('abcdex');
    expect(ids(allToggled(all, order))).toBe('x');
  });

  it('forgets chats that are gone', () => {
    const all = allToggled(noneSelected, order);
    expect(ids(present(all, [{ id: 'a' }, { id: 'z' }]))).toBe('a');
    expect(
      present(
        all,
        order.map((id) => ({ id })),
      ),
    ).toBe(all);
  });
});
