// The tiny models that the end-to-end tests load are files that the app's own reader takes.
import { describe, expect, it } from 'vitest';
import { hasThinkingSwitch, type TurnFormat } from '../../src/core/prompt/prompt-format';
import { inspectModel } from '../../workers/download/inspect';
import { tinyGguf, tinyModels } from '../fixtures/tiny-models';

describe('a tiny model', () => {
  it.each(tinyModels.map((model) => [model.name, model] as const))(
    'is a small file with a format of its own: %s',
    async (name, model) => {
      const file = tinyGguf(model);
      expect(file.size).toBeLessThan(400_000);
      const origin = { kind: 'gguf', name: `${name}.gguf`, file } as const;
      const ask = () => Promise.reject(new Error('nothing is asked'));
      const facts = await inspectModel(origin, { ask, signal: new AbortController().signal });
      expect(facts).toMatchObject({
        name,
        contextTokens: 512,
        format: { trims: expect.any(Array) },
      });
      expect(facts).not.toHaveProperty('formatFault');
      expect(hasThinkingSwitch(facts.format as TurnFormat)).toBe(name === 'tiny-qwen');
      // The same file each time.
      expect(await tinyGguf(model).text()).toBe(await file.text());
    },
  );
});
