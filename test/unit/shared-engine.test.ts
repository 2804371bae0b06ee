// Pages that share an engine: real channels, and locks that a page releases when it is closed.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineBroker } from '../../src/bridge/engine-broker';
import { EngineClient } from '../../src/bridge/engine-client';
import { SharedEngine } from '../../src/bridge/shared-engine';
import type { EngineModel } from '../../src/protocol/engine';
import { NamingEngine } from './naming-engine';

const model: EngineModel = { engine: 'webllm', modelId: 'llama', contextTokens: 8 };
const params = { maxTokens: 1, temperature: 0, topP: 1, repeatPenalty: 1 };

type Run = (lock: object | null) => unknown;
interface Asked {
  readonly page: object;
  readonly run: Run;
}

/** The part that is needed: exclusive locks, first come, first served. */
class Locks {
  readonly #queues = new Map<string, Asked[]>();

  /** The locks of one page. */
  of(page: object) {
    return {
      request: (
        name: string,
        ...[options, last]: [Run] | [{ ifAvailable?: boolean; signal?: AbortSignal }, Run]
      ) => {
        const run = typeof options === 'function' ? options : last!;
        const { ifAvailable = false, signal } = typeof options === 'function' ? {} : options;
        const queue = this.#queues.get(name) ?? [];
        this.#queues.set(name, queue);
        if (ifAvailable && queue.length > 0) return Promise.resolve(run(null));
        const asked = { page, run };
        queue.push(asked);
        if (queue.length === 1) queueMicrotask(() => run({}));
        return new Promise((_, reject) => {
          signal?.addEventListener('abort', () => {
            this.#take(name, (one) => one === asked);
            reject(new Error('aborted'));
          });
        });
      },
    };
  }

  release(page: object): void {
    for (const name of this.#queues.keys()) this.#take(name, (one) => one.page === page);
  }

  #take(name: string, isGone: (asked: Asked) => boolean): void {
    const before = this.#queues.get(name)!;
    const after = before.filter((one) => !isGone(one));
    this.#queues.set(name, after);
    if (after[0] && after[0] !== before[0]) after[0].run({});
  }
}

const locks = new Locks();
const pages: Page[] = [];

class Page {
  readonly engines: NamingEngine[] = [];
  readonly lost: string[] = [];
  readonly available: string[] = [];
  gate: Promise<void> = Promise.resolve();
  readonly channels = new Set<BroadcastChannel>();
  readonly client: EngineClient = new EngineClient({
    owner: 'visitor',
    findLink: () => this.within(() => this.shared.link()),
    onLost: ({ code }) => this.lost.push(code),
    onAvailable: (available) => this.available.push(available.model.modelId),
  });
  readonly shared = new SharedEngine({
    openBroker: () => {
      const engine = new NamingEngine();
      engine.gate = this.gate;
      this.engines.push(engine);
      return new EngineBroker(() => engine);
    },
    onMoved: (link, error) => {
      this.client.detach(link, error);
      void this.client.connect();
    },
  });

  constructor() {
    pages.push(this);
  }

  /** With this page's locks and channels. */
  within<T>(work: () => T): T {
    vi.stubGlobal('navigator', { locks: locks.of(this) });
    open.page = this;
    return work();
  }

  answer = async () => {
    let said = '';
    for await (const event of this.client.generate([{ type: 'text', text: '' }], params)) {
      if (event.type === 'token') said += event.text;
    }
    return said;
  };

  freeze(): void {
    for (const channel of this.channels) channel.close();
  }

  close(): void {
    this.freeze();
    locks.release(this);
  }
}

/** The page whose code runs. */
const open: { page: Page | null } = { page: null };
const Real = BroadcastChannel;
/** A closed page runs nothing any more, but these would continue. */
const intervals: ReturnType<typeof setInterval>[] = [];

beforeEach(() => {
  const start = setInterval;
  vi.stubGlobal('setInterval', (...options: Parameters<typeof setInterval>) => {
    const timer = start(...options);
    intervals.push(timer);
    return timer;
  });
  vi.stubGlobal('crossOriginIsolated', true);
  vi.stubGlobal(
    'BroadcastChannel',
    class extends Real {
      constructor(name: string) {
        super(name);
        this.#page.channels.add(this);
      }

      readonly #page = open.page!;

      override set onmessage(take: (event: MessageEvent) => void) {
        super.onmessage = (event) => this.#page.within(() => take(event));
      }
    },
  );
});
afterEach(() => {
  for (const page of pages.splice(0)) page.close();
  for (const timer of intervals.splice(0)) clearInterval(timer);
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** Each joins before the next one does. */
async function openPages(count: number): Promise<Page[]> {
  const all = Array.from({ length: count }, () => new Page());
  for (const page of all) await page.client.connect();
  return all;
}

const loadsOf = (all: readonly Page[]) =>
  all.map(({ engines }) => engines.flatMap(({ loads }) => loads).length);

describe('pages of one origin', () => {
  it('have one engine: a model loaded by one is ready in all others', async () => {
    const [a, b] = (await openPages(2)) as [Page, Page];
    await a.client.load(model);
    await vi.waitFor(() => expect(b.available).toEqual(['llama']));
    const c = new Page();
    await c.client.connect();
    await vi.waitFor(() => expect(c.available).toEqual(['llama']));
    for (const page of [b, c]) {
      expect(page.client.adopt(model)).toMatchObject({ contextTokens: 8 });
      expect(await page.answer()).toBe('llama');
    }
    expect(loadsOf([a, b, c])).toEqual([1, 0, 0]);
  });

  it('hand it over when its holder goes: an answer under way keeps its text and fails with a code', async () => {
    const [a, b, c] = (await openPages(3)) as [Page, Page, Page];
    a.gate = new Promise(() => {});
    a.engines[0]!.gate = a.gate;
    await a.client.load(model);
    await vi.waitFor(() => expect(b.available).toEqual(['llama']));
    b.client.adopt(model);
    const events = b.client.generate([{ type: 'text', text: '' }], params);
    expect((await events.next()).value).toEqual({ type: 'token', text: 'llama' });
    a.close();
    await expect(events.next()).rejects.toMatchObject({ code: 'engine-moved' });
    expect(b.lost).toEqual(['engine-moved']);
    await vi.waitFor(() => expect(c.lost).toEqual(['engine-moved']));
    // The next holder takes over, and repeats none of its own requests.
    await b.client.load(model);
    expect(await b.answer()).toBe('llama');
    await c.client.load(model);
    expect(await c.answer()).toBe('llama');
    expect(loadsOf([a, b, c])).toEqual([1, 1, 0]);
  });

  it('repeat unanswered requests with the next holder', async () => {
    const [a, b] = (await openPages(2)) as [Page, Page];
    await a.client.load(model);
    await vi.waitFor(() => expect(b.available).toEqual(['llama']));
    b.client.adopt(model);
    a.engines[0]!.gate = new Promise(() => {});
    a.answer().catch(() => {}); // its page is closed
    const waiting = b.answer();
    await new Promise((resolve) => setTimeout(resolve, 20));
    a.close();
    expect(await waiting).toBe('llama');
    expect(loadsOf([a, b])).toEqual([1, 1]);
  });

  it('end the requests of a closed page', async () => {
    const [a, b] = (await openPages(2)) as [Page, Page];
    await a.client.load(model);
    await b.client.load(model);
    a.engines[0]!.gate = new Promise(() => {});
    const asked = b.answer();
    asked.catch(() => {}); // its page is closed
    await vi.waitFor(() => expect(a.engines[0]!.running).toBe(1));
    b.close();
    await vi.waitFor(() => expect(a.engines[0]!.running).toBe(0));
  });

  it('use their own engine if the holder is frozen', async () => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const [a, b] = (await openPages(2)) as [Page, Page];
    await a.client.load(model);
    await vi.waitFor(() => expect(b.available).toEqual(['llama']));
    b.client.adopt(model);
    a.freeze();
    const asked = b.answer();
    await new Promise((resolve) => setTimeout(resolve, 5));
    vi.advanceTimersByTime(20_000);
    expect(await asked).toBe('llama');
    expect(loadsOf([a, b])).toEqual([1, 1]);
  });
});
