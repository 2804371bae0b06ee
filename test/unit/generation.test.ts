import { describe, expect, it } from 'vitest';
import { isAtEnd } from '../../src/core/scroll';
import { commonPrefix } from '../../workers/engines/generation';

describe('commonPrefix', () => {
  it.each([
    [[], [1], 0],
    [[1, 2, 3], [1, 2, 4], 2],
    [[1, 2], [1, 2, 3], 2],
    [[1, 2, 3], [1, 2], 2],
  ])('of %j and %j is %i', (a, b, length) => expect(commonPrefix(a, b)).toBe(length));
});

describe('isAtEnd', () => {
  it('follows only a reader who is near the end', () => {
    expect(isAtEnd({ scrollTop: 960, clientHeight: 500, scrollHeight: 1500 })).toBe(true);
    expect(isAtEnd({ scrollTop: 400, clientHeight: 500, scrollHeight: 1500 })).toBe(false);
  });
});
