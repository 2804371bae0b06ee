import { expect, it } from 'vitest';
import { readChange } from '../../src/storage/conversation-channel';

const summary = {
  id: 'a',
  title: 'A',
  createdMs: 1,
  updatedMs: 2,
  onTop: false,
  turnCount: 1,
  revision: 3,
};

it('hears what other tabs say of chats', () => {
  for (const change of [
    { type: 'saved', summary },
    { type: 'removed', id: 'a' },
    { type: 'replaced-all' },
  ]) {
    expect(readChange(change)).toEqual(change);
  }
});

it.each([
  null,
  'text',
  {},
  { type: 'saved', summary: null },
  { type: 'saved', summary: { ...summary, id: 1 } },
  { type: 'live', id: 'a', answer: { text: 1 } },
  { type: 'live', id: 'a' },
  { type: 'removed', id: null },
  { type: 'open', url: 'https://evil.example/' },
])('hears nothing in what an engine may say instead: %j', (data) => {
  expect(readChange(data)).toBe(null);
});
