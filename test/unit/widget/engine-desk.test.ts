import { describe, expect, it } from 'vitest';
import type { AskOptions, GenerateEvent, ModelEngine } from '../../../src/bridge/client';
import { EngineDesk } from '../../../src/bridge/engine-desk';
import { RemoteEngine } from '../../../src/bridge/remote-engine';
import type { EngineModel } from '../../../src/protocol/engine';
import { AppError } from '../../../src/protocol/errors';

const model = (modelId: string): EngineModel => ({ engine: 'webllm', modelId, contextTokens: 8 });
const params = { maxTokens: 1, temperature: 0, topP: 1, repeatPenalty: 1 };
const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1, prefillMs: 0, decodeMs: 0 };

/** Writes the name of the model that is loaded, once its gate is open. */
class NamingEngine implements ModelEngine {
  loaded: string | null = null;
  loads: string[] = [];
  owners: (string | undefined)[] = [];
  running = 0;
  gate: Promise<void> = Promise.resolve();
  most = 0;

  async load({ modelId, contextTokens }: EngineModel) {
    this.loads.push(modelId);
    this.loaded = modelId;
    return { engine: 'webllm' as const, threads: 0, json: false, contextTokens };
  }
  async *generate(
    _prompt: unknown,
    _params: unknown,
    { signal, owner }: AskOptions = {},
  ): AsyncGenerator<GenerateEvent, void> {
    this.owners.push(owner);
    this.most = Math.max(this.most, ++this.running);
    await this.gate;
    const finish = signal?.aborted ? 'aborted' : 'stop';
    yield { type: 'token', requestId: 0, text: this.loaded ?? 'none' };
    this.running -= 1;
    yield { type: 'done', requestId: 0, finish, usage };
  }
  countTokens = async () => [this.loaded?.length ?? 0];
  weigh = async () => [];
  unload = async () => {
    this.loaded = null;
  };
}

function share() {
  const engine = new NamingEngine();
  let lose = (_error: AppError) => {};
  const desk = new EngineDesk((onLost) => {
    lose = onLost;
    return engine;
  });
  const lost: string[] = [];
  const enter = (name: string) => {
    let leave = () => {};
    const remote = new RemoteEngine({
      owner: name,
      onLost: () => lost.push(name),
      withWeights: async (wanted) => wanted,
      join: async (remote) => {
        const client = desk.serve((event) => receive(event));
        ({ leave } = client);
        const receive = remote.attach((request) => client.request(request));
      },
    });
    return { remote, leave: () => leave() };
  };
  return { engine, enter, lost, lose: (error: AppError) => lose(error) };
}

async function answer(remote: RemoteEngine, signal?: AbortSignal): Promise<string> {
  let text = '';
  for await (const event of remote.generate([], params, signal ? { signal } : {})) {
    if (event.type === 'token') text += event.text;
  }
  return text;
}

describe('an engine that several share', () => {
  it('answers each with its own model, one after the other', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').remote, enter('b').remote];
    await a.load(model('llama'));
    await b.load(model('alpaca'));
    const answers = await Promise.all([answer(a), answer(b), answer(a), answer(b)]);
    expect(answers).toEqual(['llama', 'alpaca', 'llama', 'alpaca']);
    expect(engine.most).toBe(1);
  });

  it('says whose each prompt is: whoever asks, unless another owner is named', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').remote, enter('b').remote];
    await a.load(model('llama'));
    await b.load(model('llama'));
    for (const remote of [a, b]) await answer(remote);
    const asked = a.generate([], params, { owner: 'https://site.test' });
    while (!(await asked.next()).done);
    expect(engine.owners).toEqual(['a', 'b', 'https://site.test']);
  });

  it('loads a model once for all who ask for the same one', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').remote, enter('b').remote];
    await Promise.all([a.load(model('llama')), b.load(model('llama'))]);
    expect(engine.loads).toEqual(['llama']);
  });

  it('tells the others when their model makes way, and all when it is lost', async () => {
    const { enter, lost, lose } = share();
    const [a, b] = [enter('a').remote, enter('b').remote];
    await a.load(model('llama'));
    await b.load(model('alpaca'));
    expect(lost).toEqual(['a']);
    lose(new AppError('gpu-lost'));
    expect(lost).toEqual(['a', 'a', 'b']);
  });

  it('ends what somebody asked who is gone, and what was aborted while it waited', async () => {
    const { engine, enter } = share();
    const [a, b, c] = [enter('a'), enter('b'), enter('c')];
    for (const { remote } of [a, b, c]) await remote.load(model('llama'));
    let open = () => {};
    engine.gate = new Promise((resolve) => (open = resolve));
    const controller = new AbortController();
    const first = answer(a.remote);
    const aborted = answer(b.remote, controller.signal);
    const left = answer(c.remote);
    const ends = Promise.allSettled([aborted, left]);
    await new Promise((resolve) => setTimeout(resolve, 0));
    controller.abort();
    c.leave();
    // Neither waits for the answer that is being written.
    expect(await ends).toMatchObject([
      { reason: { code: 'aborted' } },
      { reason: { code: 'aborted' } },
    ]);
    open();
    expect(await first).toBe('llama');
  });

  it('fails what was asked of an engine whose place another has taken', async () => {
    const { enter, lost } = share();
    const { remote } = enter('a');
    await remote.load(model('llama'));
    const asked = answer(remote);
    await Promise.resolve();
    remote.attach(() => {});
    await expect(asked).rejects.toMatchObject({ code: 'engine-died' });
    expect(lost).toEqual(['a']);
  });
});
