// The host with a hand-written engine, for orders of events that a real one seldom shows.
import { describe, expect, it } from 'vitest';
import type { EngineEvent, EngineModel, EngineRequest } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import { EngineHost } from '../../workers/engine-host';
import type { Engine, GenerationEvent, OnLost } from '../../workers/engines/engine';

const model: EngineModel = {
  engine: 'wllama',
  modelId: 'm',
  file: { name: 'f', sizeBytes: 1 },
  contextTokens: 10,
  threads: 1,
};
const usage = {
  promptTokens: 1,
  cachedTokens: 0,
  completionTokens: 1,
  prefillMs: 0,
  decodeMs: 0,
};
const params = { maxTokens: 1, temperature: 0, topP: 1, repeatPenalty: 1 };

class SlowEngine implements Engine {
  static lose: OnLost = () => {};
  running = 0;
  overlapped = false;

  constructor(onLost: OnLost) {
    SlowEngine.lose = onLost;
  }

  load() {
    return Promise.resolve({
      engine: 'wllama' as const,
      threads: 1,
      json: false,
      contextTokens: 10,
    });
  }

  tokenize() {
    return Promise.resolve([[1, 2]]);
  }

  forget() {
    return Promise.resolve();
  }

  async *generate(
    ...[prompt, , signal]: Parameters<Engine['generate']>
  ): AsyncGenerator<GenerationEvent, void> {
    this.running += 1;
    this.overlapped ||= this.running > 1;
    for (let step = 0; step < 5 && !signal.aborted; step += 1) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      yield { type: 'token', text: prompt[0]?.text ?? '' };
    }
    this.running -= 1;
    yield { type: 'end', finish: signal.aborted ? 'aborted' : 'stop', usage };
  }

  async weigh(...[, beginnings, signal]: Parameters<Engine['weigh']>) {
    this.running += 1;
    this.overlapped ||= this.running > 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    this.running -= 1;
    signal.throwIfAborted();
    return beginnings.map(() => 1 / beginnings.length);
  }

  unload() {
    return Promise.resolve();
  }
}

function setUp(Kind: typeof SlowEngine = SlowEngine) {
  let engine: SlowEngine | undefined;
  const host = new EngineHost((onLost) => (engine = new Kind(onLost)));
  const connect = () => {
    const { port1, port2 } = new MessageChannel();
    host.serve(port2);
    const events: EngineEvent[] = [];
    port1.onmessage = ({ data }: MessageEvent<EngineEvent>) => void events.push(data);
    const until = async (isIt: (event: EngineEvent) => boolean) => {
      while (!events.some(isIt)) await new Promise((resolve) => setTimeout(resolve, 1));
    };
    const send = (request: EngineRequest) => port1.postMessage(request);
    return { events, until, send, close: () => port1.close() };
  };
  return { connect, engine: () => engine };
}

const ask = (requestId: number, text: string, owner = 'visitor'): EngineRequest => ({
  type: 'generate',
  requestId,
  owner,
  prompt: [{ type: 'text', text }],
  params,
});

describe('EngineHost', () => {
  it('answers one request at a time, in order, over several ports', async () => {
    const { connect, engine } = setUp();
    const [a, b] = [connect(), connect()];
    a.send({ type: 'load', requestId: 1, model });
    await a.until((event) => event.type === 'loaded');
    a.send(ask(2, 'a'));
    b.send(ask(2, 'b'));
    await Promise.all([a, b].map((page) => page.until((event) => event.type === 'done')));
    expect(engine()?.overlapped).toBe(false);
    const texts = (page: typeof a) =>
      page.events.flatMap((event) => (event.type === 'token' ? [event.text] : []));
    expect(texts(a)).toEqual(['a', 'a', 'a', 'a', 'a']);
    expect(texts(b)).toEqual(['b', 'b', 'b', 'b', 'b']);
    a.close();
    b.close();
  });

  it('has the engine forget what it read before somebody else asks, and for nobody else', async () => {
    const calls: string[] = [];
    class Forgetful extends SlowEngine {
      override forget() {
        calls.push('forget');
        return Promise.resolve();
      }
      override generate(...args: Parameters<Engine['generate']>) {
        calls.push(args[0][0]?.text ?? '');
        return super.generate(...args);
      }
      override weigh(...args: Parameters<Engine['weigh']>) {
        calls.push('weigh');
        return super.weigh(...args);
      }
    }
    const { connect } = setUp(Forgetful);
    const page = connect();
    page.send({ type: 'load', requestId: 1, model });
    page.send(ask(2, 'a'));
    page.send(ask(3, 'b'));
    page.send(ask(4, 'guess', 'https://a.test'));
    page.send(ask(5, 'guess', 'https://b.test'));
    const weighed = { prompt: [], beginnings: ['1', '2'] };
    page.send({ type: 'weigh', requestId: 6, owner: 'visitor', ...weighed });
    page.send(ask(7, 'c'));
    await page.until((event) => event.type === 'done' && event.requestId === 7);
    const first = calls.indexOf('a');
    expect(calls.slice(first)).toEqual(
      ['a', 'b', 'forget', 'guess', 'forget', 'guess', 'forget', 'weigh', 'c'], // prettier-ignore
    );
    page.close();
  });

  it('ends a waiting request at once when it is aborted', async () => {
    const { connect } = setUp();
    const page = connect();
    page.send({ type: 'load', requestId: 1, model });
    page.send(ask(2, 'first'));
    page.send(ask(3, 'second'));
    page.send({ type: 'abort', requestId: 3 });
    await page.until((event) => event.type === 'done' && event.requestId === 2);
    const ends = page.events.filter((event) => event.type === 'done' || event.type === 'failed');
    expect(ends).toMatchObject([
      { type: 'failed', requestId: 3, error: { code: 'aborted' } },
      { type: 'done', requestId: 2, finish: 'stop' },
    ]);
    page.close();
  });

  it('weighs in its turn, and an abort is a failure', async () => {
    const { connect, engine } = setUp();
    const page = connect();
    const weigh = (requestId: number): EngineRequest => ({
      type: 'weigh',
      requestId,
      owner: 'visitor',
      prompt: [],
      beginnings: ['1', '2'],
    });
    page.send({ type: 'load', requestId: 1, model });
    page.send(ask(2, 'a'));
    page.send(weigh(3));
    await page.until((event) => event.type === 'weighed');
    expect(engine()?.overlapped).toBe(false);
    expect(page.events.at(-1)).toEqual({
      type: 'weighed',
      requestId: 3,
      probabilities: [0.5, 0.5],
    });
    page.send(weigh(4));
    page.send({ type: 'abort', requestId: 4 });
    await page.until((event) => event.type === 'failed');
    expect(page.events.at(-1)).toMatchObject({ requestId: 4, error: { code: 'aborted' } });
    page.close();
  });

  it('refuses to answer before a model is loaded', async () => {
    const { connect } = setUp();
    const page = connect();
    page.send(ask(1, 'x'));
    await page.until((event) => event.type === 'failed');
    expect(page.events[0]).toMatchObject({ error: { code: 'model-not-loaded' } });
    page.close();
  });

  it('tells every page when the model is lost, and answers again after a new load', async () => {
    const { connect } = setUp();
    const [a, b] = [connect(), connect()];
    a.send({ type: 'load', requestId: 1, model });
    await a.until((event) => event.type === 'loaded');
    SlowEngine.lose(new AppError('gpu-lost'));
    await Promise.all([a, b].map((page) => page.until((event) => event.type === 'lost')));
    b.send(ask(1, 'x'));
    await b.until((event) => event.type === 'failed');
    b.send({ type: 'load', requestId: 2, model });
    b.send(ask(3, 'x'));
    await b.until((event) => event.type === 'done');
    a.close();
    b.close();
  });

  it('says why a load failed, though the engine cannot end', async () => {
    class StillbornEngine extends SlowEngine {
      override load() {
        return Promise.reject(new AppError('out-of-memory'));
      }

      override unload() {
        return new Promise<void>(() => {});
      }
    }
    const page = setUp(StillbornEngine).connect();
    page.send({ type: 'load', requestId: 1, model });
    await page.until((event) => event.type === 'failed');
    expect(page.events).toMatchObject([{ requestId: 1, error: { code: 'out-of-memory' } }]);
    page.close();
  });
});
