import { describe, expect, it } from 'vitest';
import { EngineBroker } from '../../src/bridge/engine-broker';
import { EngineClient, type EngineClientOptions } from '../../src/bridge/engine-client';
import { linkTo } from '../../src/bridge/shared-engine';
import type { EngineModel, SharedWork } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import { NamingEngine } from './naming-engine';

const model = (modelId: string): EngineModel => ({ engine: 'webllm', modelId, contextTokens: 8 });
const params = { maxTokens: 1, temperature: 0, topP: 1, repeatPenalty: 1 };

function share() {
  const engine = new NamingEngine();
  let lose = (_error: AppError) => {};
  const broker = new EngineBroker((onLost) => {
    lose = onLost;
    return engine;
  });
  const lost: string[] = [];
  const enter = (name: string, options: Partial<EngineClientOptions> = {}) => {
    let leave = () => {};
    const client = new EngineClient({
      owner: name,
      onLost: () => lost.push(name),
      findLink: async () => ({
        open: (receive) => {
          const served = broker.serve(receive);
          leave = () => served.leave();
          return (message) => served.receive(message);
        },
      }),
      ...options,
    });
    return { client, leave: () => leave() };
  };
  return { broker, engine, enter, lost, lose: (error: AppError) => lose(error) };
}

async function answer(client: EngineClient, text = '', signal?: AbortSignal): Promise<string> {
  let said = '';
  const options = signal ? { signal } : {};
  for await (const event of client.generate([{ type: 'text', text }], params, options)) {
    if (event.type === 'token') said += event.text;
  }
  return said;
}

const pause = (ms = 0) => new Promise((resolve) => setTimeout(resolve, ms));

function gateOf(engine: NamingEngine): () => void {
  let open = () => {};
  engine.gate = new Promise((resolve) => (open = resolve));
  return open;
}

describe('a shared engine', () => {
  it('answers each client with its own model, one after the other', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').client, enter('b').client];
    await a.load(model('llama'));
    await b.load(model('alpaca'));
    const answers = await Promise.all([answer(a), answer(b), answer(a), answer(b)]);
    expect(answers).toEqual(['llama', 'alpaca', 'llama', 'alpaca']);
    expect(engine.most).toBe(1);
  });

  it('uses the client as owner of a prompt, unless another owner is named', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').client, enter('b').client];
    await a.load(model('llama'));
    await b.load(model('llama'));
    for (const client of [a, b]) await answer(client);
    const asked = a.generate([], params, { owner: 'https://site.test' });
    while (!(await asked.next()).done);
    expect(engine.owners).toEqual(['a', 'b', 'https://site.test']);
  });

  it('loads a model once for all clients that ask for it', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').client, enter('b').client];
    await Promise.all([a.load(model('llama')), b.load(model('llama'))]);
    expect(engine.loads).toEqual(['llama']);
  });

  it('tells a later client what is loaded, so that it needs no load', async () => {
    const { engine, enter } = share();
    await enter('a').client.load(model('llama'));
    const seen: string[] = [];
    const { client: b } = enter('b', { onAvailable: (it) => seen.push(it.model.modelId) });
    expect(b.adopt(model('llama'))).toBeNull();
    await b.connect();
    expect(seen).toEqual(['llama']);
    expect(b.adopt(model('alpaca'))).toBeNull();
    expect(b.adopt(model('llama'))).toMatchObject({ contextTokens: 8 });
    expect(await b.countTokens([])).toEqual([5]);
    expect(await answer(b)).toBe('llama');
    expect(engine.loads).toEqual(['llama']);
  });

  it('takes turns: many requests of one client do not delay another client’s for long', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').client, enter('b').client];
    await a.load(model('llama'));
    await b.load(model('llama'));
    await pause(250); // within this time, the client is expected to ask more
    const open = gateOf(engine);
    const all = [answer(a, 'a1'), answer(a, 'a2'), answer(a, 'a3')];
    await pause();
    all.push(answer(b, 'b1'), answer(b, 'b2'));
    await pause();
    open();
    await Promise.all(all);
    expect(engine.asked).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
  });

  it('gives a client that has counted tokens its answer before the others: an answer is one turn', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').client, enter('b').client];
    await a.load(model('llama'));
    await b.load(model('alpaca'));
    await a.load(model('llama'));
    const open = gateOf(engine);
    const first = answer(a, 'a1');
    await pause();
    const second = answer(a, 'a2');
    const asksB = async () => {
      await b.load(model('alpaca'));
      await b.countTokens([{ type: 'text', text: 'count' }]);
      return answer(b, 'b1');
    };
    const third = asksB();
    await pause();
    open();
    await Promise.all([first, second, third]);
    expect(engine.asked).toEqual(['a1', 'count', 'b1', 'a2']);
    // For each of the two, its model was loaded once for all its requests.
    expect(engine.loads).toEqual(['llama', 'alpaca', 'llama', 'alpaca', 'llama']);
  });

  it('never unloads a model during another client’s answer: the next model is loaded after it', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').client, enter('b').client];
    await a.load(model('llama'));
    const open = gateOf(engine);
    const writing = answer(a, 'a1');
    await pause();
    const choosing = b.load(model('alpaca'));
    await pause(10);
    expect(engine.loaded).toBe('llama');
    open();
    expect(await writing).toBe('llama');
    await choosing;
    expect(engine.loaded).toBe('alpaca');
    // The loaded model is no longer the one that this client would unload.
    await a.unload();
    expect(engine.loaded).toBe('alpaca');
  });

  it('tells each client what it waits for, unless that is its own work', async () => {
    const { engine, enter } = share();
    const waits: (SharedWork | null)[] = [];
    const own: (SharedWork | null)[] = [];
    const { client: a } = enter('a', { onWaiting: (waitsFor) => own.push(waitsFor) });
    const { client: b } = enter('b', { onWaiting: (waitsFor) => waits.push(waitsFor) });
    await b.load(model('llama'));
    await a.load(model('llama'));
    const open = gateOf(engine);
    const first = answer(a);
    await pause();
    waits.length = 0;
    const second = answer(b);
    const third = answer(a);
    await pause();
    expect(waits).toEqual(['generate']);
    open();
    await Promise.all([first, second, third]);
    expect(waits.at(-1)).toBeNull();
    expect(own.filter((waitsFor) => waitsFor !== null && waitsFor !== 'generate')).toEqual([]);
  });

  it('tells other clients when their model is replaced, and all when it is lost', async () => {
    const { enter, lost, lose } = share();
    const [a, b] = [enter('a').client, enter('b').client];
    await a.load(model('llama'));
    await b.load(model('alpaca'));
    expect(lost).toEqual(['a']);
    lose(new AppError('gpu-lost'));
    expect(lost).toEqual(['a', 'a', 'b']);
    expect(a.adopt(model('alpaca'))).toBeNull();
  });

  it('ends background work as soon as any client requests something', async () => {
    const { engine, enter } = share();
    const [a, b] = [enter('a').client, enter('b').client];
    await a.load(model('llama'));
    await b.load(model('llama'));
    for (const asking of [a, b]) {
      const open = gateOf(engine);
      const background = a.generate([], { ...params, isBackground: true });
      const finished = (async () => {
        for await (const event of background) if (event.type === 'done') return event.finish;
        return null;
      })();
      await pause(300);
      const asked = answer(asking, 'asked');
      expect(await finished).toBe('aborted');
      open();
      expect(await asked).toBe('llama');
    }
  });

  it('does not begin background work while another request waits', async () => {
    const { engine, enter } = share();
    const { client } = enter('a');
    await client.load(model('llama'));
    const open = gateOf(engine);
    const first = answer(client, 'first');
    const background = client.generate([{ type: 'text', text: 'idle' }], {
      ...params,
      isBackground: true,
    });
    const ended = expect(background.next()).rejects.toMatchObject({ code: 'aborted' });
    const last = answer(client, 'last');
    open();
    await Promise.all([first, ended, last]);
    expect(engine.asked).toEqual(['first', 'last']);
  });

  it('does not end background work for the counting of its own page', async () => {
    const { engine, enter } = share();
    const { client } = enter('a');
    await client.load(model('llama'));
    const open = gateOf(engine);
    const finishes: string[] = [];
    const finished = (async () => {
      for await (const event of client.generate([], { ...params, isBackground: true })) {
        if (event.type === 'done') finishes.push(event.finish);
      }
    })();
    await pause();
    const counts = client.countTokens([{ type: 'text', text: '' }]);
    await pause();
    open();
    await Promise.all([finished, counts]);
    expect(finishes).toEqual(['stop']);
  });

  it('ends the requests of a client that is gone, and aborted ones in the queue', async () => {
    const { engine, enter } = share();
    const [a, b, c] = [enter('a'), enter('b'), enter('c')];
    for (const { client } of [a, b, c]) await client.load(model('llama'));
    const open = gateOf(engine);
    const controller = new AbortController();
    const first = answer(a.client);
    await pause(250);
    const aborted = answer(b.client, 'aborted', controller.signal);
    void answer(c.client, 'left');
    await pause();
    controller.abort();
    c.leave();
    // It does not wait for the answer under way.
    await expect(aborted).rejects.toMatchObject({ code: 'aborted' });
    open();
    expect(await first).toBe('llama');
    await a.client.countTokens([]);
    expect(engine.asked).toEqual(['', '']);
  });

  it('fails requests to an engine that was replaced', async () => {
    const { engine, enter, broker, lost } = share();
    const { client } = enter('a');
    await client.load(model('llama'));
    gateOf(engine);
    const asked = answer(client);
    await pause();
    client.attach(linkTo(broker));
    await expect(asked).rejects.toMatchObject({ code: 'engine-died' });
    expect(lost).toEqual(['a']);
  });
});
