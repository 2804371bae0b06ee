// How a site's request reaches the engine, where that differs from the visitor's own chat.
import { describe, expect, it, vi } from 'vitest';
import type { Exchange } from '../../../src/core/chat/conversation';
import type { ConversationSettings } from '../../../src/core/chat/conversation-settings';
import { budgetMs, type SpentBudget, unspent } from '../../../src/core/embed/site-budget';
import { builtInModel } from '../../../src/core/models/built-in';
import type { AskOptions, GenerateEvent } from '../../../src/bridge/engine-client';
import type { GenerateParams } from '../../../src/protocol/engine';
import type { CompletionParams, FrameMessage } from '../../../src/protocol/widget';
import {
  SiteCompletions,
  type SiteCompletionsOptions,
} from '../../../src/stores/embed/site-completions';
import { SiteUsage } from '../../../src/stores/embed/site-usage.svelte';

const origin = 'https://site.test';
const words = ['One ', 'two ', 'three ', 'four.'];

interface Asked {
  readonly params: GenerateParams;
  readonly owner: string | undefined;
  /** The partial answer. */
  readonly begun: string | undefined;
}

/** A site's completions with an engine that writes the words one by one, and stops when it is told to. */
function make({ json = true, allowed = true, chosen = builtInModel } = {}) {
  const asked: Asked[] = [];
  const posted: FrameMessage[] = [];
  const kept: { spent: SpentBudget } = { spent: unspent };
  const hooks = { onWord: (_word: string) => {}, prefillMs: 0 };
  const requestMoreTime = vi.fn(async () => true);
  const use = new SiteUsage({
    load: () => kept.spent,
    save: (spent) => (kept.spent = spent),
    nowMs: () => 0,
    requestMoreTime,
  });
  use.setVisible(true);
  let said = 0;
  let begun: string | undefined;
  const engine = {
    async *generate(
      _prompt: unknown,
      params: GenerateParams,
      { signal, owner }: AskOptions,
    ): AsyncGenerator<GenerateEvent> {
      asked.push({ params, owner, begun });
      const first = said;
      let finish: 'stop' | 'length' | 'aborted' = 'stop';
      for (; said < words.length; said += 1) {
        await Promise.resolve();
        if (signal?.aborted) finish = 'aborted';
        else if (said - first >= params.maxTokens) finish = 'length';
        if (finish !== 'stop') break;
        yield { type: 'token', text: words[said]! };
        hooks.onWord(words[said]!);
      }
      const usage = {
        promptTokens: 5,
        cachedTokens: asked.length > 1 ? 5 : 0,
        completionTokens: said - first,
        prefillMs: hooks.prefillMs,
        decodeMs: 0,
      };
      yield { type: 'done', finish, usage };
    },
  };
  const permission = { origin, request: async () => allowed, check: async () => allowed };
  const options = {
    engine,
    use,
    permission,
    models: {
      chosen,
      state: { phase: 'ready', threads: 1, contextTokens: 100, json },
      ensureReady: () => Promise.resolve(),
    },
    window: {
      planRequest: async (exchanges: readonly Exchange[], _settings: ConversationSettings) => {
        begun = exchanges.at(-1)?.partial;
        return { prompt: [], first: 0 };
      },
    },
    choose: () => Promise.resolve(),
    describe: ({ code }: { code: string }) => ({ code, message: '' }),
    post: (message: FrameMessage) => void posted.push(message),
  };
  const completions = new SiteCompletions(options as unknown as SiteCompletionsOptions);
  const complete = (params: Partial<CompletionParams> = {}) =>
    completions.complete(1, { messages: [{ role: 'user', content: 'x' }], ...params });
  const ended = async () => {
    const end = () => posted.find(({ type }) => type === 'done' || type === 'failed');
    await vi.waitFor(() => expect(end()).toBeDefined());
    return end()!;
  };
  const text = () => posted.map((one) => (one.type === 'delta' ? one.text : '')).join('');
  return { completions, complete, ended, text, asked, posted, use, kept, hooks, requestMoreTime };
}

async function codeOf(params: Partial<CompletionParams>, setting: { json: boolean }) {
  const { complete, ended, asked } = make(setting);
  complete(params);
  const end = await ended();
  return { code: end.type === 'failed' ? end.error.code : end.type, asked };
}

describe('a site’s request', () => {
  it('restricts the engine to JSON only if the site requests it', async () => {
    const { asked } = await codeOf({ json: true }, { json: true });
    expect(asked).toMatchObject([{ params: { responseFormat: 'json' } }]);
    const plain = await codeOf({}, { json: true });
    expect(plain.asked[0]!.params).not.toHaveProperty('responseFormat');
  });

  it('is refused, and never answered otherwise, if the model does not support JSON', async () => {
    expect(await codeOf({ json: true }, { json: false })).toEqual({
      code: 'json-unsupported',
      asked: [],
    });
    expect(await codeOf({}, { json: false })).toMatchObject({ code: 'done' });
    expect(await codeOf({ schema: true }, { json: true })).toEqual({
      code: 'schema-unsupported',
      asked: [],
    });
  });

  it('restricts the engine to a schema that is supported', async () => {
    const schema = '{"type":"object","properties":{"a":{"type":"null"}}}';
    const params = { schema: true, jsonSchema: schema };
    const { asked } = await codeOf(params, { json: true });
    expect(asked).toMatchObject([{ params: { responseFormat: { schema }, partial: '' } }]);
    expect(await codeOf(params, { json: false })).toMatchObject({ code: 'json-unsupported' });
    const hostile = { ...params, jsonSchema: schema.replace('null"', 'string","pattern":"(a+)+"') };
    expect(await codeOf(hostile, { json: true })).toEqual({
      code: 'schema-unsupported',
      asked: [],
    });
  });

  it('has the site as its owner, for which the engine uses a separate KV cache', async () => {
    const { complete, ended, asked } = make();
    complete();
    await ended();
    expect(asked.map(({ owner }) => owner)).toEqual([`site ${origin}`]);
  });

  it('does not tell the name of a model of the visitor’s own', async () => {
    const { complete, ended, posted } = make({
      chosen: { ...builtInModel, id: 'own-1', name: 'secret' },
    });
    complete();
    await ended();
    expect(posted).toContainEqual({ type: 'started', id: 1, model: 'own' });
    expect(JSON.stringify(posted)).not.toMatch(/secret|own-1/);
  });

  it('is shown while it is answered, and not before the visitor has allowed it', async () => {
    const { complete, ended, use, hooks } = make();
    const seen: boolean[] = [];
    hooks.onWord = () => seen.push(use.isActive);
    complete();
    expect(use.isActive).toBe(false);
    await ended();
    expect(new Set(seen)).toEqual(new Set([true]));
    const refused = make({ allowed: false });
    refused.complete();
    expect(await refused.ended()).toMatchObject({ error: { code: 'permission-denied' } });
    expect(refused.use.isActive).toBe(false);
  });
});

describe('while the page is hidden', () => {
  it('nothing is computed, and the answer continues afterwards', async () => {
    const { complete, ended, text, asked, use, hooks, posted } = make();
    hooks.onWord = (word) => {
      if (word === 'two ') use.setVisible(false);
    };
    complete({ maxTokens: 10, json: true });
    await vi.waitFor(() => expect(text()).toBe('One two '));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(text()).toBe('One two ');
    expect(asked).toHaveLength(1);

    use.setVisible(true);
    expect(await ended()).toEqual({
      type: 'done',
      id: 1,
      finish: 'stop',
      usage: { promptTokens: 5, cachedTokens: 0, completionTokens: 4 },
    });
    expect(text()).toBe(words.join(''));
    expect(asked.map(({ begun, params }) => [begun, params.maxTokens, params.partial])).toEqual([
      [undefined, 10, ''],
      ['One two ', 8, 'One two '],
    ]);
    expect(posted.filter(({ type }) => type === 'started')).toHaveLength(1);
  });

  it('an abort still ends the request', async () => {
    const { completions, complete, ended, use, text, hooks } = make();
    hooks.onWord = () => use.setVisible(false);
    complete();
    await vi.waitFor(() => expect(text()).toBe('One '));
    completions.revoke();
    expect(await ended()).toMatchObject({ error: { code: 'permission-revoked' } });
  });
});

describe('a site’s budget', () => {
  it('is spent by the engine’s computing time, prefill included', async () => {
    const { complete, ended, kept, hooks } = make();
    hooks.prefillMs = 1234;
    complete();
    await ended();
    expect(kept.spent.spentMs).toBeCloseTo(1234);
  });

  it('has the visitor asked when it is spent, in the middle of an answer too', async () => {
    const { complete, ended, text, use, hooks, requestMoreTime } = make();
    hooks.onWord = (word) => {
      if (word === 'two ') use.spent(budgetMs);
    };
    complete();
    expect(await ended()).toMatchObject({ type: 'done', finish: 'stop' });
    expect(text()).toBe(words.join(''));
    expect(requestMoreTime).toHaveBeenCalledOnce();
  });

  it('ends requests if the visitor grants no more time', async () => {
    const { complete, ended, kept, requestMoreTime, asked } = make();
    requestMoreTime.mockResolvedValue(false);
    kept.spent = { spentMs: budgetMs, atMs: 0, isRefused: false };
    complete();
    expect(await ended()).toMatchObject({ error: { code: 'budget-spent' } });
    expect(asked).toEqual([]);
  });
});
