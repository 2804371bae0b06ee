import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { TypesetEvent, TypesetRequest } from '../../../src/protocol/typeset.ts';
import type { EventMessage, RequestMessage } from '../../../src/protocol/requests.ts';
import { Typesetter } from '../../../src/stores/markdown/typesetter.ts';

/** A worker that answers when the test tells it to. */
class SilentWorker {
  onmessage: ((event: { data: EventMessage<TypesetEvent> }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  readonly asked: RequestMessage<TypesetRequest>[] = [];
  isTerminated = false;

  postMessage(request: RequestMessage<TypesetRequest>) {
    this.asked.push(request);
  }

  terminate() {
    this.isTerminated = true;
  }

  answer(event: TypesetEvent) {
    this.onmessage?.({ data: { ...event, id: this.asked.at(-1)?.id ?? 0 } });
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

  it('starts no worker before the first request', () => {
    make();
    expect(workers).toHaveLength(0);
  });

  it('sends one request at a time', async () => {
    const typesetter = make();
    const first = typesetter.formula('x', false);
    const second = typesetter.highlight('js', '1');
    await vi.advanceTimersByTimeAsync(0);
    expect(workers[0]?.asked).toHaveLength(1);
    workers[0]?.answer({ type: 'formula-set', mathml: '<math/>' });
    expect(await first).toBe('<math/>');
    await vi.advanceTimersByTimeAsync(0);
    workers[0]?.answer({ type: 'highlighted', spans: [[1, 'number']] });
    expect(await second).toEqual([[1, 'number']]);
    expect(workers).toHaveLength(1);
  });

  it('sets a formula only once', async () => {
    const typesetter = make();
    const both = Promise.all([typesetter.formula('x', true), typesetter.formula('x', true)]);
    await vi.advanceTimersByTimeAsync(0);
    workers[0]?.answer({ type: 'formula-set', mathml: '<math/>' });
    expect(await both).toEqual(['<math/>', '<math/>']);
    expect(workers[0]?.asked).toHaveLength(1);
  });

  it('gives up a request that hangs, and continues with a new worker', async () => {
    const typesetter = make();
    const hanging = typesetter.highlight('js', 'bomb');
    const next = typesetter.highlight('js', 'fine');
    await vi.advanceTimersByTimeAsync(6000);
    expect(await hanging).toBeNull();
    expect(workers[0]?.isTerminated).toBe(true);
    workers[1]?.answer({ type: 'highlighted', spans: [] });
    expect(await next).toEqual([]);
  });

  it('continues after its worker died', async () => {
    const typesetter = make();
    const dying = typesetter.formula('x', false);
    await vi.advanceTimersByTimeAsync(0);
    workers[0]?.onerror?.({ message: 'gone' });
    expect(await dying).toBeNull();
    void typesetter.formula('y', false);
    await vi.advanceTimersByTimeAsync(0);
    expect(workers).toHaveLength(2);
  });
});
