import { describe, expect, it } from 'vitest';
import {
  asCatalogueModel,
  detectTemplate,
  ownModel,
  readOwnModels,
} from '../../src/core/own-model';

const facts = {
  name: '',
  licence: '',
  sizeBytes: 1000,
  contextTokens: 8192,
  template: '{{ "<|im_start|>" }}',
  quantisation: '',
  largestTensorBytes: 0,
};
const url = 'https://huggingface.co/some/one/resolve/main/Some.gguf';
const gguf = { name: 'Some', origin: { kind: 'gguf', name: 'Some.gguf', file: url } } as const;
const mlc = {
  name: 'Some',
  origin: {
    kind: 'mlc',
    folder: 'https://huggingface.co/some/one/',
    library: 'https://huggingface.co/some/one.wasm',
  },
} as const;

describe('detectTemplate', () => {
  it.each([
    ["{% for m in messages %}{{'<|im_start|>' + m.role}}", 'x', 'chatml'],
    ['chatml', 'x', 'chatml'],
    ["{{ '<<SYS>>' + system }}", 'x', 'llama2'],
    ['llama-2', 'x', 'llama2'],
    ["{{ '<|assistant|>' + eos_token }}", 'x', 'zephyr'],
    ['', 'llama-2-7b-chat.Q4_0', 'llama2'],
    ['', 'llama-2-7b.Q4_0', null],
    ['llama-3', 'x', null],
    ['', 'x', null],
  ])('knows %j of %s as %s', (template, name, expected) => {
    expect(detectTemplate(template, name)).toBe(expected);
  });
});

describe('a model of the visitor’s own', () => {
  it('takes a GGUF to the CPU engine, with a context that fits into a browser', () => {
    const model = asCatalogueModel(ownModel(gguf, facts));
    expect(model).toMatchObject({ engine: 'wllama', contextTokens: 2048, licence: null });
    expect(model).toMatchObject({ file: { name: 'Some.gguf', url, sha256: null } });
  });

  it('takes an MLC folder to WebLLM, and asks for 16-bit floats where it needs them', () => {
    const model = asCatalogueModel(ownModel(mlc, { ...facts, quantisation: 'q4f16_1' }));
    expect(model).toMatchObject({ engine: 'webllm', contextTokens: 4096 });
    expect(model).toMatchObject({ gpuFeatures: ['shader-f16'], modelUrl: mlc.origin.folder });
  });

  it('asks to accept the licence of a Llama 2, by whatever name it is added', () => {
    const named = (name: string) => asCatalogueModel(ownModel({ ...gguf, name }, facts)).licence;
    expect(named('llama-2-7b-chat.Q4_0')?.terms).toBeDefined();
    expect(named('Llama2-chat')?.terms).toBeDefined();
    expect(named('tiny-llama-20')).toBeNull();
  });

  it('refuses a GGUF that the CPU engine cannot hold, by its name and size', () => {
    const large = { ...facts, sizeBytes: 2 ** 31 };
    expect(() => ownModel(gguf, large)).toThrow(
      expect.objectContaining({
        code: 'model-too-large',
        data: { name: 'Some', needBytes: 2 ** 31, limitBytes: 2 ** 31 - 1 },
      }),
    );
    expect(ownModel(mlc, large).facts.sizeBytes).toBe(2 ** 31);
  });

  it('refuses a prompt format that it cannot write', () => {
    expect(() => asCatalogueModel(ownModel(gguf, { ...facts, template: '' }))).toThrow(
      expect.objectContaining({ code: 'prompt-format-unknown' }),
    );
  });

  it('leaves out what was stored in another shape', () => {
    const good = ownModel(gguf, facts);
    const bad = [null, 1, {}, { ...good, facts: { ...facts, template: '' } }, { name: 'x' }];
    expect(readOwnModels([...bad, good])).toEqual([good]);
    expect(readOwnModels('nothing')).toEqual([]);
  });
});
