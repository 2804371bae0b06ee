// Any input through a port or a file is accepted, or refused with a code, quickly.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { readExportFile } from '../../src/core/history/export-file';
import { readPresetFile } from '../../src/core/settings/preset-file';
import { readCustomModels } from '../../src/core/models/custom-model-list';
import { allPassed } from '../../src/core/evaluate/javascript-task';
import { readConversation } from '../../src/core/chat/stored-conversation';
import { CodeSandbox } from '../../src/bridge/code-sandbox';
import { EngineBroker } from '../../src/bridge/engine-broker';
import { HolderConnection } from '../../src/bridge/engine-channel';
import { EngineClient } from '../../src/bridge/engine-client';
import { Requests } from '../../src/bridge/requests';
import { PythonSandbox } from '../../src/bridge/python-sandbox';
import { SandboxFrame } from '../../src/bridge/sandbox-frame';
import {
  type EngineEvent,
  type EngineLost,
  type EngineRequest,
  lastEngineEvents,
} from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import { parseFrameMessage } from '../../src/protocol/widget-frame-messages';
import { parseConnect, parseHostMessage } from '../../src/protocol/widget-host-messages';
import { HistoryClient } from '../../src/bridge/history-client';
import { anyConversation } from './any-conversation';
import { NamingEngine } from './naming-engine';
import { costMs, expectLinear } from './processor-time';

/** For one input of a few kilobytes: a hundred times the usual time. */
const budgetMs = 500;

/** Names from the protocols and formats, so that some inputs are nearly valid. */
const names = [
  'type',
  'sign',
  'id',
  'event',
  'error',
  'model',
  'options',
  'order',
  'messages',
  'role',
  'content',
  'mode',
  'name',
  'text',
  'version',
  'usage',
  'tokens',
  'turns',
  'schema',
  'format',
  'conversations',
  'parentId',
  'leafId',
  'settings',
  'results',
  'value',
  'ok',
  '__proto__',
];
const words = [
  'lost',
  'token',
  'done',
  'failed',
  'loaded',
  'counted',
  'load',
  'generate',
  'abort',
  'complete',
  'configure',
  'corral-connect',
  'available',
  'inline',
  'user',
  'assistant',
  'results',
  'value',
  'corral-conversations',
  'delta',
  'model-list',
  'prefill',
  'stop',
  'count',
  'unload',
];
const hostile = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(...words),
    fc.constantFrom<unknown>(0, 1, 2, -1, NaN, Infinity, 2 ** 53, null, undefined, true, false),
    fc.string({ unit: 'binary' }),
    fc.array(tie('value'), { maxLength: 6 }),
    fc.dictionary(fc.constantFrom(...names), tie('value'), { maxKeys: 8 }),
    fc.anything({ withTypedArray: true }),
  ),
})).value;

/** Every value is handled within the budget; any error has a code. */
function takesAll(take: (value: unknown) => unknown, values = hostile, numRuns = 150): void {
  fc.assert(
    fc.property(values, (value) => {
      const spent = costMs(() => {
        try {
          take(value);
        } catch (cause) {
          if (!AppError.isInstance(cause)) throw cause;
        }
      });
      expect(spent).toBeLessThan(budgetMs);
    }),
    { numRuns },
  );
}

describe('the ports of the widget', () => {
  it('survive any message', () => {
    takesAll(parseConnect);
    takesAll(parseHostMessage);
    takesAll(parseFrameMessage);
  });

  it('read a message in linear time', () => {
    const options = { mode: 'inline', name: 'x' };
    for (const messageOf of [
      (size: number) => ({
        type: 'complete',
        id: 1,
        order: { messages: Array(size).fill(options) },
      }),
      (size: number) => ({ type: 'configure', options: { ...options, pinned: 'x'.repeat(size) } }),
      (size: number) =>
        Object.fromEntries(Array.from({ length: size }, (_, at) => [`name${at}`, at])),
    ]) {
      expectLinear((size) => {
        const message = messageOf(size);
        return () =>
          [parseConnect, parseHostMessage, parseFrameMessage].map((parse) => parse(message));
      }, 10_000);
    }
  });
});

describe('the ports of engines', () => {
  const requestsOf = () =>
    new Requests<EngineRequest, EngineEvent, EngineLost>({
      post: () => {},
      lastEvents: lastEngineEvents,
    });

  it('survive any message of an engine', () => {
    const requests = requestsOf();
    const asked = requests.open({ type: 'unload' });
    asked.next().catch(() => {}); // it may have said that it failed
    takesAll((data) => requests.receive(data as never));
  });

  it('survive any number of unread events', async () => {
    const readAll = async (count: number) => {
      const requests = requestsOf();
      const asked = requests.open({ type: 'unload' });
      const first = asked.next();
      for (let at = 0; at < count; at++) requests.receive({ type: 'token', id: 0, text: 'x' });
      await first;
      const before = process.cpuUsage();
      for (let at = 1; at < count; at++) await asked.next();
      return process.cpuUsage(before).user / 1000;
    };
    await readAll(20_000);
    expect(await readAll(240_000)).toBeLessThan(9 * (await readAll(60_000)) + 60);
  });

  it('survive any request of a frame to the holder', async () => {
    const broker = new EngineBroker(() => new NamingEngine());
    const events: unknown[] = [];
    const client = broker.serve((event) => events.push(event));
    takesAll((message) => client.receive(message as never));
    await vi.waitFor(() =>
      expect(events).toContainEqual(expect.objectContaining({ type: 'failed' })),
    );
  });
});

describe('the channel to the page that holds the engine', () => {
  it('accepts any input', () => {
    const channel = { postMessage: () => {}, onmessage: (_: { data: unknown }) => {} };
    const connection = new HolderConnection(channel as unknown as BroadcastChannel, () => {});
    const client = new EngineClient({
      owner: 'visitor',
      findLink: () => connection.ready,
      onLost: () => {},
    });
    client.attach(connection.link);
    takesAll((data) => channel.onmessage({ data }));
    takesAll((model) => channel.onmessage({ data: { type: 'available', model, loaded: model } }));
    expect(client.adopt({ engine: 'webllm', modelId: 'llama', contextTokens: 8 })).toBeNull();
    connection.end(connection.link);
  });
});

describe('the port of the history', () => {
  const oneHit = { query: 'x', tags: [], limit: 1 };
  const open = () => {
    const worker = { postMessage: () => {}, terminate: () => {}, onmessage: (_: unknown) => {} };
    const client = new HistoryClient(
      () => undefined,
      () => worker as unknown as Worker,
    );
    return { client, take: (data: unknown) => worker.onmessage({ data }) };
  };

  it('accepts any input', () => {
    const { client, take } = open();
    client.ask({ type: 'prepare' }).catch(() => {});
    client.search(oneHit, () => {});
    takesAll(take);
  });

  it('passes on no malformed search result', async () => {
    for (const value of fc.sample(hostile, 100)) {
      for (const event of [
        { type: 'found', result: value },
        { type: 'finished', value },
      ]) {
        const { client, take } = open();
        const found = new Promise((resolve) => client.search(oneHit, resolve));
        take({ ...event, id: 0 });
        expect(await found).toMatchObject({ code: 'chats-unreadable' });
      }
    }
  });
});

describe('the ports of sandboxes', () => {
  const calls = [{ args: [], result: { a: [1, 'x'] } }];

  it('survive any output of a guest', async () => {
    const outputs = fc.sample(hostile, 200);
    for (const output of outputs) {
      const run = () => Promise.resolve({ type: 'finished', output });
      const frame = { run } as unknown as SandboxFrame;
      const result = await new CodeSandbox(frame).run('', 'f', calls);
      expect(['results', 'timed-out']).toContain(result.type);
      if (result.type === 'results') expect(allPassed(calls, result.results)).toBe(false);
    }
  });

  it('survive any output of Python', async () => {
    for (const output of fc.sample(hostile, 200)) {
      const run = vi.spyOn(SandboxFrame.prototype, 'run');
      run.mockResolvedValue({ type: 'finished', output });
      const sandbox = new PythonSandbox({ frameScript: '', fetchParts: () => Promise.reject() });
      const { type } = await sandbox.judge('', () => {}, new AbortController().signal);
      expect(['passed', 'failed']).toContain(type);
      run.mockRestore();
    }
  });
});

describe('a file', () => {
  const file = (conversations: unknown) =>
    JSON.stringify({ format: 'corral-conversations', version: 1, conversations });

  it('is read or refused with a code, for any content', () => {
    takesAll((value) => readExportFile(JSON.stringify(value) ?? ''));
    takesAll((value) => readExportFile(file([value])));
    takesAll((value) => readPresetFile(JSON.stringify(value) ?? ''));
    takesAll((text) => readExportFile(text as string), fc.string({ unit: 'binary' }));
  });

  it('is read or refused with a code if one value of a valid file is replaced', () => {
    const changed = fc
      .tuple(anyConversation, fc.nat(), hostile)
      .map(([chat, at, value]) => withOther(JSON.parse(JSON.stringify(chat)) as object, at, value));
    takesAll((chat) => [readExportFile(file([chat])), readConversation(chat)], changed, 100);
    takesAll(readConversation, changed, 100);
  });

  it('with a million nested values is refused', () => {
    for (const deep of [
      '['.repeat(1_000_000),
      `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`,
    ]) {
      expect(() => readExportFile(`{"format":"corral-conversations","x":${deep}}`)).toThrow(
        expect.objectContaining({ code: 'import-foreign' }) as Error,
      );
    }
  });

  it('of a chat with 200,000 messages is refused with the limit', () => {
    const turn = JSON.stringify({ role: 'user', id: 't', parentId: null, text: 'x'.repeat(50) });
    const turns = Array<string>(200_000).fill(turn).join();
    const text = `{"format":"corral-conversations","version":1,"conversations":[{"schema":2,"turns":[${turns}]}]}`;
    let error: unknown;
    const spent = costMs(() => {
      try {
        readExportFile(text);
      } catch (cause) {
        error = cause;
      }
    });
    expect(error).toMatchObject({
      code: 'import-chat-too-long',
      data: { messages: 200_000, limitMessages: 40_000 },
    });
    expect(spent).toBeLessThan(5000);
  });

  it('of models is read, for any stored value', () => {
    takesAll((value) => readCustomModels([value], () => true));
  });
});

/** A copy with one value replaced. */
function withOther(value: object, at: number, other: unknown): object {
  const places: [object, string][] = [];
  const walk = (one: unknown) => {
    if (typeof one !== 'object' || one === null) return;
    for (const key of Object.keys(one)) {
      places.push([one, key]);
      walk((one as Record<string, unknown>)[key]);
    }
  };
  walk(value);
  const [owner, key] = places[at % places.length]!;
  (owner as Record<string, unknown>)[key] = other;
  return value;
}
