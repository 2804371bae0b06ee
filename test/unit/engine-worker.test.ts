import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineWorker } from '../../src/bridge/engine-worker';
import type {
  EngineConnect,
  EngineEvent,
  EngineLost,
  EngineModel,
  EngineRequest,
  GenerateParams,
} from '../../src/protocol/engine';
import { type AppError, toWire, AppError as Failure } from '../../src/protocol/errors';
import type { EventMessage, RequestMessage } from '../../src/protocol/requests';
import { whenIdle } from './stores/memory-storage';

type Request = RequestMessage<EngineRequest>;
type Message = EventMessage<EngineEvent> | EngineLost;
type Answer = (request: Request, reply: (event: object) => void) => void;

/** A worker at the other end of a real port, with scripted answers. */
class FakeWorker {
  static readonly all: FakeWorker[] = [];
  static answer: Answer = () => {};
  static sealed = true;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  isTerminated = false;
  readonly requests: Request[] = [];
  #port: MessagePort | null = null;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage({ port }: EngineConnect): void {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<Request>) => {
      this.requests.push(data);
      FakeWorker.answer(data, (event) => this.say({ id: data.id, ...event } as never));
    };
    const { sealed } = FakeWorker;
    queueMicrotask(() => this.onmessage?.({ data: { type: 'started', sealed } }));
  }

  say(event: Message): void {
    this.#port?.postMessage(event);
  }

  terminate(): void {
    this.isTerminated = true;
    this.#port?.close();
  }
}

const model: EngineModel = { engine: 'webllm', modelId: 'm', contextTokens: 512 };
const loaded = { engine: 'webllm', threads: 0, contextTokens: 512, json: true } as const;
const params: GenerateParams = { maxTokens: 9, temperature: 0, topP: 1, repeatPenalty: 1 };
const prompt = [{ type: 'text', text: 'Hi' }] as const;
const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0, decodeMs: 0 };
const loads: Answer = ({ type }, reply) => type === 'load' && reply({ type: 'loaded', loaded });

/** The releases of the living workers' locks. */
const locks: (() => void)[] = [];

function make() {
  const lost: AppError[] = [];
  const worker = new EngineWorker(
    { spawn: () => new FakeWorker() as unknown as Worker, abortTimeoutMs: 30, firstSignMs: 50 },
    (error) => lost.push(error),
  );
  const ask = async (request: EngineRequest, signal = new AbortController().signal) => {
    const events: EngineEvent[] = [];
    for await (const event of worker.ask(request, signal)) events.push(event);
    return events;
  };
  return {
    worker,
    ask,
    lost,
    load: (signal?: AbortSignal) => ask({ type: 'load', model }, signal),
  };
}

const generate = { type: 'generate', owner: 'visitor', prompt, params } as const;

beforeEach(() => {
  FakeWorker.all.length = 0;
  locks.length = 0;
  FakeWorker.answer = loads;
  FakeWorker.sealed = true;
  vi.stubGlobal('navigator', {
    onLine: true,
    locks: { request: async (_: string, then: () => void) => void locks.push(then) },
  });
});
afterEach(() => void vi.unstubAllGlobals());

describe('a load', () => {
  it('reports progress and tells what was loaded', async () => {
    FakeWorker.answer = (_, reply) => {
      reply({ type: 'load-progress', progress: { progress01: 0.5 } });
      reply({ type: 'loaded', loaded });
    };
    expect(await make().load()).toMatchObject([
      { type: 'load-progress', progress: { progress01: 0.5 } },
      { type: 'loaded', loaded },
    ]);
  });

  it('that fails ends the worker; the next one begins with another', async () => {
    const { load, lost } = make();
    FakeWorker.answer = (_, reply) =>
      reply({ type: 'failed', error: toWire(new Failure('out-of-memory')) });
    await expect(load()).rejects.toMatchObject({ code: 'out-of-memory' });
    expect(FakeWorker.all[0]?.isTerminated).toBe(true);
    expect(lost.map(({ code }) => code)).toEqual(['out-of-memory']);
    FakeWorker.answer = loads;
    await load();
    expect(FakeWorker.all).toHaveLength(2);
  });

  it('begins once more, with another worker, if the first one shows no sign of life', async () => {
    const { load, lost } = make();
    FakeWorker.answer = (request, reply) => FakeWorker.all.length > 1 && loads(request, reply);
    expect(await load()).toEqual([{ type: 'loaded', loaded }]);
    expect(FakeWorker.all.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
    expect(lost).toEqual([]);
  });

  it('is not restarted after it has shown progress, nor a second time', async () => {
    const { load } = make();
    FakeWorker.answer = (_, reply) => {
      reply({ type: 'load-progress', progress: {} });
      setTimeout(() => reply({ type: 'loaded', loaded }), 120);
    };
    await load();
    expect(FakeWorker.all).toHaveLength(1);
    FakeWorker.answer = (_, reply) => {
      if (FakeWorker.all.length > 2) throw new Error('a third worker');
      setTimeout(() => reply({ type: 'loaded', loaded }), 120);
    };
    await load();
    expect(FakeWorker.all).toHaveLength(2);
  });

  it('can be aborted before it begins, or if the worker ignores the abort', async () => {
    const { load } = make();
    await expect(load(AbortSignal.abort())).rejects.toBeDefined();
    expect(FakeWorker.all).toHaveLength(0);
    FakeWorker.answer = () => {};
    const controller = new AbortController();
    const loading = load(controller.signal);
    await whenIdle();
    controller.abort();
    await expect(loading).rejects.toMatchObject({ code: 'aborted' });
    expect(FakeWorker.all[0]?.requests.map(({ type }) => type)).toEqual(['load', 'abort']);
  });

  it('is refused if the worker is not sealed, and nothing is ever sent to that worker', async () => {
    FakeWorker.sealed = false;
    const { ask, load, lost } = make();
    await expect(load()).rejects.toMatchObject({ code: 'engine-unsealed' });
    expect(FakeWorker.all[0]?.isTerminated).toBe(true);
    expect(lost.map(({ code }) => code)).toEqual(['engine-unsealed']);
    await expect(ask(generate)).rejects.toMatchObject({ code: 'model-not-loaded' });
  });

  it('reports that the engine’s file is missing if the worker does not start', async () => {
    const { load } = make();
    const post = vi.spyOn(FakeWorker.prototype, 'postMessage').mockImplementation(() => {});
    const loading = load();
    await whenIdle();
    FakeWorker.all[0]?.onerror?.({ message: '404' });
    await expect(loading).rejects.toMatchObject({ code: 'engine-file-missing' });
    post.mockRestore();
  });
});

describe('an answer', () => {
  it('streams, and ends with its usage', async () => {
    FakeWorker.answer = (request, reply) => {
      loads(request, reply);
      if (request.type !== 'generate') return;
      reply({ type: 'prefill', doneTokens: 1, totalTokens: 1 });
      reply({ type: 'token', text: 'Hi' });
      reply({ type: 'done', finish: 'stop', usage });
    };
    const { ask, load } = make();
    await load();
    const types = (await ask(generate)).map(({ type }) => type);
    expect(types).toEqual(['prefill', 'token', 'done']);
  });

  it('needs a model', async () => {
    const { ask } = make();
    await expect(ask(generate)).rejects.toMatchObject({ code: 'model-not-loaded' });
    await expect(ask({ type: 'count', prompt })).rejects.toMatchObject({
      code: 'model-not-loaded',
    });
  });

  it('that is no longer read is stopped', async () => {
    FakeWorker.answer = (request, reply) => {
      loads(request, reply);
      if (request.type === 'generate') reply({ type: 'token', text: 'Hi' });
    };
    const { load, worker } = make();
    await load();
    const { signal } = new AbortController();
    for await (const event of worker.ask(generate, signal)) if (event.type === 'token') break;
    await whenIdle();
    expect(FakeWorker.all[0]?.requests.at(-1)?.type).toBe('abort');
  });

  it('ends with the worker: the lock that it held is free, or it reports the lost model', async () => {
    const { ask, load, lost } = make();
    await load();
    const answer = ask(generate);
    await whenIdle();
    locks[0]!();
    await expect(answer).rejects.toMatchObject({ code: 'engine-died' });
    expect(lost.map(({ code }) => code)).toEqual(['engine-died']);
    await load();
    FakeWorker.all[1]!.say({ type: 'lost', error: toWire(new Failure('gpu-lost')) });
    await vi.waitFor(() => expect(lost.at(-1)?.code).toBe('gpu-lost'));
  });

  it('is given up when the worker is silent for too long', async () => {
    const { ask, load } = make();
    await load();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const answer = ask(generate);
    const failing = expect(answer).rejects.toMatchObject({ code: 'engine-stalled' });
    await whenIdle();
    vi.advanceTimersByTime(120_000);
    await failing;
    vi.useRealTimers();
    expect(FakeWorker.all[0]?.isTerminated).toBe(true);
  });
});

it('keeps one worker: another engine ends it', async () => {
  FakeWorker.answer = (request, reply) => {
    loads(request, reply);
    if (request.type === 'unload') reply({ type: 'unloaded' });
  };
  vi.stubGlobal('fetch', async () => new Response(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
  const { ask, load } = make();
  expect(await ask({ type: 'unload' })).toEqual([{ type: 'unloaded' }]);
  await load();
  expect(await ask({ type: 'unload' })).toMatchObject([{ type: 'unloaded' }]);
  const file = { name: 'x.gguf', sizeBytes: 1 };
  const wllama = { engine: 'wllama', modelId: 'w', file, contextTokens: 512, threads: 1 } as const;
  await ask({ type: 'load', model: wllama });
  expect(FakeWorker.all.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
});
