import { expect, it } from 'vitest';
import { isAtEnd } from '../../src/core/scroll';

it('follows only a reader who is near the end', () => {
  expect(isAtEnd({ scrollTop: 960, clientHeight: 500, scrollHeight: 1500 })).toBe(true);
  expect(isAtEnd({ scrollTop: 400, clientHeight: 500, scrollHeight: 1500 })).toBe(false);
});
