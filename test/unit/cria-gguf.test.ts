// Cria for the CPU engine is the file that the test build names, and holds the words that it was trained on.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { builtInModel as described } from '../../src/core/models/built-in';
import { inspectModel } from '../../workers/download/inspect';
import { builtInModel } from '../fixtures/cria-built-in';
import { criaGguf } from '../fixtures/cria-gguf';

describe('Cria as a GGUF file', () => {
  const file = criaGguf();

  it('is the same each time, and is the file that the replaced built-in model names', async () => {
    const bytes = new Uint8Array(await file.arrayBuffer());
    expect(bytes.length).toBe(builtInModel.file.sizeBytes);
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(builtInModel.file.sha256);
  });

  it('is a model that the app can read', async () => {
    const ask = () => Promise.reject(new Error('nothing is asked'));
    const origin = { kind: 'gguf', name: 'cria.gguf', file } as const;
    const facts = await inspectModel(origin, { ask, signal: new AbortController().signal });
    expect(facts).toMatchObject({ contextTokens: builtInModel.contextTokens });
  });

  it('has the place of a model with the same window and the same limits of answers', () => {
    const { id, name, engine, contextTokens, defaults } = described;
    expect(builtInModel).toMatchObject({ id, name, engine, contextTokens, defaults });
    expect(builtInModel.sampling).toEqual({ ...described.sampling, repeatPenalty: 1 });
  });
});
