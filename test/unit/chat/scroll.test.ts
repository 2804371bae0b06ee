import { expect, it } from 'vitest';
import { followsEnd } from '../../../src/core/chat/scroll.ts';

it('takes a reader within a line of the end to be at the end', () => {
  expect(followsEnd(false, { scrollTop: 960, clientHeight: 600, scrollHeight: 1600 }, 0)).toBe(
    true,
  );
  expect(followsEnd(false, { scrollTop: 900, clientHeight: 600, scrollHeight: 1600 }, 0)).toBe(
    false,
  );
});

it('stops following when the reader scrolls up, and not when the list has grown', () => {
  const position = { scrollTop: 900, clientHeight: 600, scrollHeight: 1600 };
  expect(followsEnd(true, position, 960)).toBe(false);
  expect(followsEnd(true, position, 900)).toBe(true);
  expect(followsEnd(true, position, 700)).toBe(true);
});
