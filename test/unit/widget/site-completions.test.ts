// What a site's order becomes of the engine, where that differs from what the visitor's own chat asks.
import { describe, expect, it } from 'vitest';
import { builtInModel } from '../../../src/core/models/built-in';
import type { GenerateParams } from '../../../src/protocol/engine';
import type { CompletionOrder, FrameMessage } from '../../../src/protocol/widget';
import { SiteCompletions, type SiteCompletionsOptions } from '../../../src/stores/site-completions';

/** What is answered, and what the engine was asked. */
async function complete(order: Partial<CompletionOrder>, { json }: { json: boolean }) {
  const asked: GenerateParams[] = [];
  const answer = await new Promise<FrameMessage>((resolve) => {
    const options = {
      engine: {
        async *generate(_prompt: unknown, params: GenerateParams) {
          asked.push(params);
          const usage = { promptTokens: 1, cachedTokens: 0, completionTokens: 1 };
          yield await Promise.resolve({ type: 'done', finish: 'stop', usage });
        },
      },
      models: {
        chosen: builtInModel,
        state: { phase: 'ready', threads: 1, contextTokens: 100, json },
        ensureReady: () => Promise.resolve(),
      },
      window: { promptAside: () => Promise.resolve({ prompt: [], first: 0 }) },
      permission: { request: () => Promise.resolve(true) },
      choose: () => Promise.resolve(),
      describe: ({ code }: { code: string }) => ({ code, message: '' }),
      post: (message: FrameMessage) => {
        if (message.type === 'done' || message.type === 'failed') resolve(message);
      },
    };
    const completions = new SiteCompletions(options as unknown as SiteCompletionsOptions);
    completions.complete(1, { messages: [{ role: 'user', content: 'x' }], ...order });
  });
  return { code: answer.type === 'failed' ? answer.error.code : answer.type, asked };
}

describe('a site’s order', () => {
  it('holds the engine to JSON only where the site asks for it', async () => {
    const { asked } = await complete({ json: true }, { json: true });
    expect(asked).toMatchObject([{ responseFormat: 'json' }]);
    const plain = await complete({}, { json: true });
    expect(plain.asked[0]).not.toHaveProperty('responseFormat');
  });

  it('is refused, and never answered otherwise, where a model cannot be held to that', async () => {
    expect(await complete({ json: true }, { json: false })).toEqual({
      code: 'json-unsupported',
      asked: [],
    });
    expect(await complete({}, { json: false })).toMatchObject({ code: 'done' });
    expect(await complete({ schema: true }, { json: true })).toEqual({
      code: 'schema-unsupported',
      asked: [],
    });
  });
});
