import { describe, expect, it } from 'vitest';
import {
  readPermits,
  unusedLimitMs,
  withoutPermit,
  withPermit,
  withUse,
} from '../../../src/core/embed/site-permits';

const site = 'https://site.test';
const dayMs = 24 * 60 * 60_000;
const now = Date.UTC(2026, 10, 28);

describe('a site’s permission', () => {
  it('applies from the day that it was given, as long as it is used', () => {
    let permits = withPermit(undefined, site, now);
    expect(permits).toEqual({ [site]: { atMs: now, usedAtMs: now } });
    for (let day = 80; day <= 400; day += 80) {
      permits = withUse(permits, site, now + day * dayMs);
      expect(permits[site]).toEqual({ atMs: now, usedAtMs: now + day * dayMs });
    }
  });

  it('ends after 90 days without use, and does not come back by a later use', () => {
    const permits = withPermit(undefined, site, now);
    expect(readPermits(permits, now + unusedLimitMs)).toHaveProperty([site]);
    const late = now + unusedLimitMs + 1;
    expect(readPermits(permits, late)).toEqual({});
    expect(withUse(permits, site, late)).toEqual({});
    expect(withUse({}, site, now)).toEqual({});
    expect(unusedLimitMs).toBe(90 * dayMs);
  });

  it('is revoked for one site only', () => {
    const permits = withPermit(withPermit({}, site, now), 'https://other.test', now);
    expect(Object.keys(withoutPermit(permits, site, now))).toEqual(['https://other.test']);
  });

  it('is read as an earlier version stored it', () => {
    expect(readPermits({ [site]: { atMs: now - dayMs } }, now)).toEqual({
      [site]: { atMs: now - dayMs, usedAtMs: now - dayMs },
    });
  });

  it('is absent if the stored value is invalid, or would hold for ever', () => {
    const wrong = [null, 7, {}, { atMs: 'x' }, { atMs: NaN }, { atMs: now, usedAtMs: Infinity }];
    const future = { atMs: now, usedAtMs: now + 1000 * dayMs };
    for (const permit of [...wrong, future])
      expect(readPermits({ [site]: permit }, now)).toEqual({});
    for (const all of [undefined, null, 'x', [], { toString: 1 }]) {
      expect(readPermits(all, now)).toEqual({});
    }
    expect(withUse({}, 'toString', now)).toEqual({});
  });
});
