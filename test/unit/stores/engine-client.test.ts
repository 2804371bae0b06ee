import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { EngineClient, type GenerateEvent } from '../../../src/bridge/client';
import type {
  EngineConnect,
  EngineEvent,
  EngineModel,
  EngineRequest,
  GenerateParams,
} from '../../../src/protocol/engine';
import { type AppError, toWire, AppError as Failure } from '../../../src/protocol/errors';
import { settled } from './memory-storage';

type Answer = (request: EngineRequest, reply: (event: object) => void) => void;

/** A worker on the other end of a real port, which answers as it is told to. */
class FakeWorker {
  static readonly all: FakeWorker[] = [];
  static answer: Answer = () => {};
  static sealed = true;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onerror: ((event: { message: string }) => void) | null = null;
  isTerminated = false;
  readonly requests: EngineRequest[] = [];
  #port: MessagePort | null = null;

  constructor() {
    FakeWorker.all.push(this);
  }

  postMessage({ port }: EngineConnect): void {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<EngineRequest>) => {
      this.requests.push(data);
      FakeWorker.answer(data, (event) =>
        this.say({ requestId: data.requestId, ...event } as never),
      );
    };
    const { sealed } = FakeWorker;
    queueMicrotask(() => this.onmessage?.({ data: { type: 'started', sealed } }));
  }

  say(event: EngineEvent): void {
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

/** Those that hold the lock of a worker that lives. */
const locks: (() => void)[] = [];

function make() {
  const lost: AppError[] = [];
  const client = new EngineClient({
    spawn: () => new FakeWorker() as unknown as Worker,
    onLost: (error) => lost.push(error),
    abortTimeoutMs: 30,
  });
  return { client, lost };
}

async function eventsOf(events: AsyncIterable<GenerateEvent>): Promise<GenerateEvent[]> {
  const all: GenerateEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

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
    const progress: unknown[] = [];
    const { client } = make();
    expect(await client.load(model, { onProgress: (one) => progress.push(one) })).toEqual(loaded);
    expect(progress).toEqual([{ progress01: 0.5 }]);
  });

  it('that fails ends the worker; the next one begins with another', async () => {
    const { client, lost } = make();
    FakeWorker.answer = (_, reply) =>
      reply({ type: 'failed', error: toWire(new Failure('out-of-memory')) });
    await expect(client.load(model)).rejects.toMatchObject({ code: 'out-of-memory' });
    expect(FakeWorker.all[0]?.isTerminated).toBe(true);
    expect(lost.map(({ code }) => code)).toEqual(['out-of-memory']);
    FakeWorker.answer = loads;
    await client.load(model);
    expect(FakeWorker.all).toHaveLength(2);
  });

  it('is aborted before it begins, or while the worker does not heed it', async () => {
    const { client } = make();
    await expect(client.load(model, { signal: AbortSignal.abort() })).rejects.toBeDefined();
    expect(FakeWorker.all).toHaveLength(0);
    FakeWorker.answer = () => {};
    const controller = new AbortController();
    const loading = client.load(model, { signal: controller.signal });
    await settled();
    controller.abort();
    await expect(loading).rejects.toMatchObject({ code: 'aborted' });
    expect(FakeWorker.all[0]?.requests.map(({ type }) => type)).toEqual(['load', 'abort']);
  });

  it('is refused by a client whose worker is not sealed, and nothing is ever asked of that one', async () => {
    FakeWorker.sealed = false;
    const { client, lost } = make();
    await expect(client.load(model)).rejects.toMatchObject({ code: 'engine-unsealed' });
    expect(FakeWorker.all[0]?.isTerminated).toBe(true);
    expect(lost.map(({ code }) => code)).toEqual(['engine-unsealed']);
    await expect(eventsOf(client.generate(prompt, params))).rejects.toMatchObject({
      code: 'model-not-loaded',
    });
  });

  it('says that the engine’s file is missing if the worker does not start', async () => {
    const { client } = make();
    const post = vi.spyOn(FakeWorker.prototype, 'postMessage').mockImplementation(() => {});
    const loading = client.load(model);
    await settled();
    FakeWorker.all[0]?.onerror?.({ message: '404' });
    await expect(loading).rejects.toMatchObject({ code: 'engine-file-missing' });
    post.mockRestore();
  });
});

describe('an answer', () => {
  const answers: Answer = (request, reply) => {
    loads(request, reply);
    if (request.type !== 'generate') return;
    reply({ type: 'prefill', doneTokens: 1, totalTokens: 1 });
    reply({ type: 'token', text: 'Hi' });
    reply({ type: 'done', finish: 'stop', usage });
  };

  it('streams, and ends with what it took', async () => {
    FakeWorker.answer = answers;
    const { client } = make();
    await client.load(model);
    const types = (await eventsOf(client.generate(prompt, params))).map(({ type }) => type);
    expect(types).toEqual(['prefill', 'token', 'done']);
  });

  it('needs a model', async () => {
    const { client } = make();
    await expect(eventsOf(client.generate(prompt, params))).rejects.toMatchObject({
      code: 'model-not-loaded',
    });
    await expect(client.countTokens(prompt)).rejects.toMatchObject({ code: 'model-not-loaded' });
  });

  it('that nobody reads on is stopped', async () => {
    FakeWorker.answer = (request, reply) => {
      loads(request, reply);
      if (request.type === 'generate') reply({ type: 'token', text: 'Hi' });
    };
    const { client } = make();
    await client.load(model);
    for await (const event of client.generate(prompt, params)) if (event.type === 'token') break;
    await settled();
    expect(FakeWorker.all[0]?.requests.at(-1)?.type).toBe('abort');
  });

  it('ends with the worker: the lock that it held is free, or it says that the model is lost', async () => {
    const { client, lost } = make();
    await client.load(model);
    const answer = eventsOf(client.generate(prompt, params));
    await settled();
    locks[0]!();
    await expect(answer).rejects.toMatchObject({ code: 'engine-died' });
    expect(lost.map(({ code }) => code)).toEqual(['engine-died']);
    await client.load(model);
    FakeWorker.all[1]!.say({ type: 'lost', error: toWire(new Failure('gpu-lost')) });
    await vi.waitFor(() => expect(lost.at(-1)?.code).toBe('gpu-lost'));
  });

  it('is given up when the worker says nothing for too long', async () => {
    const { client } = make();
    await client.load(model);
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const answer = eventsOf(client.generate(prompt, params));
    const failing = expect(answer).rejects.toMatchObject({ code: 'engine-stalled' });
    await settled();
    vi.advanceTimersByTime(120_000);
    await failing;
    vi.useRealTimers();
    expect(FakeWorker.all[0]?.isTerminated).toBe(true);
  });
});

it('keeps one worker: another engine ends it', async () => {
  FakeWorker.answer = (request, reply) => {
    loads(request, reply);
    if (request.type === 'tokenize') reply({ type: 'tokenized', tokens: [[1, 2, 3]] });
    if (request.type === 'weigh') reply({ type: 'weighed', probabilities: [0.25, 0.75] });
    if (request.type === 'unload') reply({ type: 'unloaded' });
  };
  vi.stubGlobal('fetch', async () => new Response(Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0)));
  const { client } = make();
  await client.load(model);
  expect(await client.countTokens(prompt)).toEqual([3]);
  expect(await client.weigh(prompt, ['1', '2'])).toEqual([0.25, 0.75]);
  await client.unload();
  const file = { name: 'x.gguf', sizeBytes: 1 };
  await client.load({ engine: 'wllama', modelId: 'w', file, contextTokens: 512, threads: 1 });
  expect(FakeWorker.all.map(({ isTerminated }) => isTerminated)).toEqual([true, false]);
});
