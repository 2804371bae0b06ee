import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FairQueue } from '../../src/bridge/fair-queue';

/** Serves everything, one item a turn. */
function serveAll(queue: FairQueue<string, string>): string[] {
  const served: string[] = [];
  for (let item = queue.next(); item !== null; item = queue.next()) {
    served.push(item);
    queue.endTurn();
  }
  return served;
}

describe('a fair queue', () => {
  it('serves each owner in turn, and each one’s items in their order', () => {
    const queue = new FairQueue<string, string>();
    for (const item of ['a1', 'a2', 'a3', 'b1', 'c1', 'b2']) queue.add(item[0]!, item);
    expect(serveAll(queue)).toEqual(['a1', 'b1', 'c1', 'a2', 'b2', 'a3']);
  });

  it('keeps a turn until it is ended, even without items', () => {
    const queue = new FairQueue<string, string>();
    queue.add('a', 'a1');
    queue.add('b', 'b1');
    expect(queue.next()).toBe('a1');
    expect(queue.next()).toBeNull();
    queue.add('a', 'a2');
    expect(queue.next()).toBe('a2');
    queue.endTurn();
    expect(queue.next()).toBe('b1');
  });

  it('removes what was removed, once', () => {
    const queue = new FairQueue<string, string>();
    queue.add('a', 'a1');
    queue.add('a', 'a2');
    expect(queue.remove('a', 'a1')).toBe(true);
    expect(queue.remove('a', 'a1')).toBe(false);
    expect([...queue]).toEqual(['a2']);
    expect(serveAll(queue)).toEqual(['a2']);
  });

  it('serves everything, and no owner twice while another waits', () => {
    const owners = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
    fc.assert(
      fc.property(owners, (asked) => {
        const queue = new FairQueue<string, string>();
        asked.forEach((owner, at) => queue.add(owner, `${owner}${at}`));
        const served = serveAll(queue);
        expect([...served].sort()).toEqual(asked.map((owner, at) => `${owner}${at}`).sort());
        served.forEach((item, at) => {
          const next = served.findIndex((later, place) => place > at && later[0] === item[0]);
          if (next < 0) return;
          const waiting = new Set(served.slice(next).map((one) => one[0]));
          waiting.delete(item[0]);
          const between = new Set(served.slice(at, next).map((one) => one[0]));
          for (const owner of waiting) expect(between).toContain(owner);
        });
      }),
    );
  });
});
