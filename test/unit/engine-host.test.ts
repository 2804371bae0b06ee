// The host with a scripted engine, for orders of events that are rare with a real one.
import { describe, expect, it } from 'vitest';
import {
  type EngineEvent,
  type EngineLost,
  type EngineModel,
  type EngineRequest,
  lastEngineEvents,
} from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import type { EventMessage, RequestMessage } from '../../src/protocol/requests';
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

  async choiceProbabilities(...[, choices, signal]: Parameters<Engine['choiceProbabilities']>) {
    this.running += 1;
    this.overlapped ||= this.running > 1;
    await new Promise((resolve) => setTimeout(resolve, 5));
    this.running -= 1;
    signal.throwIfAborted();
    return choices.map(() => 1 / choices.length);
  }

  unload() {
    return Promise.resolve();
  }
}

function setUp(Kind: typeof SlowEngine = SlowEngine) {
  let engine: SlowEngine | undefined;
  const { port1, port2 } = new MessageChannel();
  new EngineHost(port2, (onLost) => (engine = new Kind(onLost)));
  const events: Message[] = [];
  port1.onmessage = ({ data }: MessageEvent<Message>) => void events.push(data);
  const until = async (isIt: (event: Message) => boolean) => {
    while (!events.some(isIt)) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  const send = (request: RequestMessage<EngineRequest>) => port1.postMessage(request);
  /** Sends it when earlier requests have ended, and waits for its end. */
  const ask = async (request: RequestMessage<EngineRequest>) => {
    send(request);
    await until((event) => 'id' in event && event.id === request.id && ends.includes(event.type));
  };
  return { events, until, send, ask, engine: () => engine, close: () => port1.close() };
}

type Message = EventMessage<EngineEvent> | EngineLost;
const ends: readonly string[] = [...lastEngineEvents, 'failed'];

const generate = (id: number, text: string, owner = 'visitor') =>
  ({ type: 'generate', id, owner, prompt: [{ type: 'text', text }], params }) as const;

describe('EngineHost', () => {
  it('empties the KV cache before another owner’s prompt, and only then', async () => {
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
      override choiceProbabilities(...args: Parameters<Engine['choiceProbabilities']>) {
        calls.push('choiceProbabilities');
        return super.choiceProbabilities(...args);
      }
    }
    const page = setUp(Forgetful);
    await page.ask({ type: 'load', id: 1, model });
    await page.ask(generate(2, 'a'));
    await page.ask(generate(3, 'b'));
    await page.ask(generate(4, 'guess', 'https://a.test'));
    await page.ask(generate(5, 'guess', 'https://b.test'));
    const probabilities = { prompt: [], choices: ['1', '2'] };
    await page.ask({ type: 'choiceProbabilities', id: 6, owner: 'visitor', ...probabilities });
    await page.ask(generate(7, 'c'));
    expect(calls.slice(calls.indexOf('a'))).toEqual(
      ['a', 'b', 'forget', 'guess', 'forget', 'guess', 'forget', 'choiceProbabilities', 'c'], // prettier-ignore
    );
    page.close();
  });

  it('refuses a request while another one runs: whoever asks keeps the queue', async () => {
    const page = setUp();
    await page.ask({ type: 'load', id: 1, model });
    page.send(generate(2, 'a'));
    await page.ask(generate(3, 'b'));
    expect(page.events.at(-1)).toMatchObject({ id: 3, error: { code: 'engine-failed' } });
    await page.until((event) => event.type === 'done');
    expect(page.engine()?.overlapped).toBe(false);
    page.close();
  });

  it('tells how many tokens each part is, and not which', async () => {
    const page = setUp();
    await page.ask({ type: 'load', id: 1, model });
    await page.ask({ type: 'count', id: 2, prompt: [{ type: 'text', text: 'a' }] });
    expect(page.events.at(-1)).toEqual({ type: 'counted', id: 2, counts: [2] });
    page.close();
  });

  it('ends an aborted answer, and fails aborted choice probabilities', async () => {
    const page = setUp();
    await page.ask({ type: 'load', id: 1, model });
    page.send(generate(2, 'a'));
    page.send({ type: 'abort', id: 2 });
    await page.until((event) => event.type === 'done');
    expect(page.events.at(-1)).toMatchObject({ finish: 'aborted' });
    const choiceProbabilities = {
      type: 'choiceProbabilities',
      owner: 'visitor',
      prompt: [],
      choices: ['1', '2'],
    } as const;
    await page.ask({ ...choiceProbabilities, id: 3 });
    expect(page.events.at(-1)).toEqual({ type: 'probabilities', id: 3, probabilities: [0.5, 0.5] });
    page.send({ ...choiceProbabilities, id: 4 });
    page.send({ type: 'abort', id: 4 });
    await page.until((event) => event.type === 'failed');
    expect(page.events.at(-1)).toMatchObject({ id: 4, error: { code: 'aborted' } });
    page.close();
  });

  it('refuses to answer before a model is loaded', async () => {
    const page = setUp();
    await page.ask(generate(1, 'x'));
    expect(page.events[0]).toMatchObject({ error: { code: 'model-not-loaded' } });
    page.close();
  });

  it('tells when the model is lost, and answers again after a new load', async () => {
    const page = setUp();
    await page.ask({ type: 'load', id: 1, model });
    SlowEngine.lose(new AppError('gpu-lost'));
    await page.until((event) => event.type === 'lost');
    await page.ask(generate(2, 'x'));
    expect(page.events.at(-1)).toMatchObject({ type: 'failed', id: 2 });
    await page.ask({ type: 'load', id: 3, model });
    await page.ask(generate(4, 'x'));
    expect(page.events.at(-1)).toMatchObject({ type: 'done', id: 4 });
    page.close();
  });

  it('reports why a load failed, although the engine cannot end', async () => {
    class StillbornEngine extends SlowEngine {
      override load() {
        return Promise.reject(new AppError('out-of-memory'));
      }

      override unload() {
        return new Promise<void>(() => {});
      }
    }
    const page = setUp(StillbornEngine);
    await page.ask({ type: 'load', id: 1, model });
    expect(page.events).toMatchObject([{ id: 1, error: { code: 'out-of-memory' } }]);
    page.close();
  });
});
