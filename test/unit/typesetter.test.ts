import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TypesetEvent, TypesetRequest } from '../../src/protocol/typeset.ts';
import { Typesetter } from '../../src/stores/typesetter.ts';

/** A worker that answers when the test says so. */
class SilentWorker {
  onmessage: ((event: { data: TypesetEvent }) => void) | null = null;
  onerror: (() => void) | null = null;
  readonly asked: TypesetRequest[] = [];
  isTerminated = false;

  postMessage(request: TypesetRequest) {
    this.asked.push(request);
  }

  terminate() {
    this.isTerminated = true;
  }

  answer(event: Omit<TypesetEvent, 'requestId'>) {
    const requestId = this.asked.at(-1)?.requestId ?? 0;
    this.onmessage?.({ data: { ...event, requestId } as TypesetEvent });
  }
}

describe('the typesetter', () => {
  const workers: SilentWorker[] = [];
  const make = () =>
    new Typesetter(() => {
      const worker = new SilentWorker();
      workers.push(worker);
      return worker as unknown as Worker;
    });

  beforeEach(() => {
    workers.length = 0;
    vi.useFakeTimers();
  });
  afterEach(() => vi.useRealTimers());

  it('starts no worker before it is asked', () => {
    make();
    expect(workers).toHaveLength(0);
  });

  it('asks one thing after another', async () => {
    const typesetter = make();
    const first = typesetter.formula('x', false);
    const second = typesetter.highlight('js', '1');
    expect(workers[0]?.asked).toHaveLength(1);
    workers[0]?.answer({ type: 'formula', mathml: '<math/>' } as never);
    expect(await first).toBe('<math/>');
    workers[0]?.answer({ type: 'code', spans: [[1, 'number']] } as never);
    expect(await second).toEqual([[1, 'number']]);
    expect(workers).toHaveLength(1);
  });

  it('sets a formula only once', async () => {
    const typesetter = make();
    const both = Promise.all([typesetter.formula('x', true), typesetter.formula('x', true)]);
    workers[0]?.answer({ type: 'formula', mathml: '<math/>' } as never);
    expect(await both).toEqual(['<math/>', '<math/>']);
    expect(workers[0]?.asked).toHaveLength(1);
  });

  it('gives up what hangs, and goes on with a new worker', async () => {
    const typesetter = make();
    const hanging = typesetter.highlight('js', 'bomb');
    const next = typesetter.highlight('js', 'fine');
    await vi.advanceTimersByTimeAsync(6000);
    expect(await hanging).toBeNull();
    expect(workers[0]?.isTerminated).toBe(true);
    workers[1]?.answer({ type: 'code', spans: [] } as never);
    expect(await next).toEqual([]);
  });

  it('goes on after its worker died', async () => {
    const typesetter = make();
    const dying = typesetter.formula('x', false);
    workers[0]?.onerror?.();
    expect(await dying).toBeNull();
    void typesetter.formula('y', false);
    expect(workers).toHaveLength(2);
  });
});
