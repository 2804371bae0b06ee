import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readAskOptions, requireGguf } from '../../scripts/ask-options.mjs';

describe('readAskOptions', () => {
  it('takes a model by the id that the app has for it, or a GGUF file by its path', () => {
    expect(readAskOptions(['Hi', '--model', 'cria'])).toMatchObject({ model: 'cria' });
    const { model, modelFile } = readAskOptions(['Hi', '--model', '../my models/Gemma.GGUF']);
    expect([model, modelFile]).toEqual([undefined, '../my models/Gemma.GGUF']);
    expect(readAskOptions(['Hi', '--model', './model.bin']).modelFile).toBe('./model.bin');
  });

  it('joins the words of a question without quotes', () => {
    expect(readAskOptions(['What', 'is', 'it?'])).toMatchObject({
      question: 'What is it?',
      browser: 'chromium',
      engine: undefined,
      modelFile: undefined,
    });
  });

  it.each([
    [[], 'there is no question'],
    [['Hi', '--engine', 'onnx'], 'there is no engine "onnx"'],
    [['Hi', '--engine', 'webllm', '--model', 'a.gguf'], 'a GGUF file runs on wllama alone'],
    [['Hi', '--browser', 'lynx'], 'there is no browser "lynx"'],
    [['Hi', '--browser', 'webkit', '--engine', 'webllm'], 'WebKit has no WebGPU'],
    [['Hi', '--modle', 'a.gguf'], '--modle'],
  ])('refuses %j with the usage', (args, fault) => {
    const read = () => readAskOptions(args);
    expect(read).toThrow(fault);
    expect(read).toThrow('--model ID|FILE.gguf');
    expect(read).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});

describe('requireGguf', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ask-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  it.each([
    ['model.gguf', 'GGUF\u0003', null],
    ['page.gguf', '<!doctype html>', 'is not a GGUF file'],
    ['empty.gguf', '', 'is not a GGUF file'],
    ['absent.gguf', null, 'There is no file'],
    ['.', null, 'cannot be read'],
  ])('looks at the beginning of %s', async (name, content, fault) => {
    const path = join(folder, name);
    if (content !== null) await writeFile(path, content);
    const checked = requireGguf(path);
    if (fault === null) await expect(checked).resolves.toBeUndefined();
    else await expect(checked).rejects.toThrow(fault);
  });
});
