import { describe, expect, it } from 'vitest';
import { mayFetch } from '../../../src/core/models/model-hosts';
import {
  asCatalogueModel,
  detectTemplate,
  type CustomModel,
  customModel,
} from '../../../src/core/models/custom-model';
import { readCustomModels, withCustomModel } from '../../../src/core/models/custom-model-list';
import { turnFormats } from '../../../src/core/prompt/fitted-format';

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
    ['zephyr', 'x', 'zephyr'],
    ['other', 'llama-2-7b-chat', null],
    // For models that were added before templates were rendered.
    ["{{ '<|user|>' + m.content + '<|end|>' }}{{ '<|assistant|>' + eos_token }}", 'x', null],
    ["{{ '<|im_start|>user<|im_sep|>' + m.content }}", 'x', null],
    ['', 'llama-2-7b-chat.Q4_0', 'llama2'],
    ['', 'llama-2-7b.Q4_0', null],
    ['llama-3', 'x', null],
    ['', 'x', null],
  ])('knows %j of %s as %s', (template, name, expected) => {
    expect(detectTemplate(template, name)).toBe(expected);
  });
});

describe('a model of the visitor’s own', () => {
  it('gives a GGUF to the CPU engine, with a context that fits into a browser', () => {
    const model = asCatalogueModel(customModel(gguf, facts, 'own-1'));
    expect(model).toMatchObject({ engine: 'wllama', contextTokens: 2048, licence: null });
    expect(model).toMatchObject({ file: { name: 'Some.gguf', url, sha256: null } });
  });

  it('gives an MLC folder to WebLLM, and requires 16-bit floats if it needs them', () => {
    const model = asCatalogueModel(
      customModel(mlc, { ...facts, quantisation: 'q4f16_1' }, 'own-1'),
    );
    expect(model).toMatchObject({ engine: 'webllm', contextTokens: 4096 });
    expect(model).toMatchObject({ gpuFeatures: ['shader-f16'], modelUrl: mlc.origin.folder });
  });

  it('asks to accept the licence of a Llama 2 that is added under any name', () => {
    const named = (name: string) =>
      asCatalogueModel(customModel({ ...gguf, name }, facts, 'own-1')).licence;
    expect(named('llama-2-7b-chat.Q4_0')?.terms).toBeDefined();
    expect(named('Llama2-chat')?.terms).toBeDefined();
    expect(named('tiny-llama-20')).toBeNull();
  });

  it('refuses a GGUF that the CPU engine cannot hold, by its name and size', () => {
    const large = { ...facts, sizeBytes: 2 ** 31 };
    expect(() => customModel(gguf, large, 'own-1')).toThrow(
      expect.objectContaining({
        code: 'model-too-large',
        data: { name: 'Some', needBytes: 2 ** 31, limitBytes: 2 ** 31 - 1 },
      }),
    );
    expect(customModel(mlc, large, 'own-1').facts.sizeBytes).toBe(2 ** 31);
  });

  it('refuses a GGUF whose keys and values go beyond what WebAssembly can hold', () => {
    const shape = { layers: 80, keyValueHeads: 64, headSize: 128, width: 8192 };
    const large = { ...facts, sizeBytes: 1e9, shape: { ...shape, feedForward: 0, vocabulary: 0 } };
    expect(() => customModel(gguf, large, 'own-1')).toThrow(
      expect.objectContaining({ code: 'model-too-large' }),
    );
  });

  it('needs its weights, keys and values: in a GPU buffer, those of a layer', () => {
    const shape = { layers: 32, keyValueHeads: 32, headSize: 128, width: 0, feedForward: 0 };
    const model = asCatalogueModel(
      customModel(
        mlc,
        { ...facts, quantisation: 'q4f16_1', shape: { ...shape, vocabulary: 0 } },
        'own-1',
      ),
    );
    expect(model).toMatchObject({
      memoryBytes: 1000 + 2 * 1024 ** 3,
      largestBufferBytes: 64 * 1024 ** 2,
    });
  });

  it('has as much context as it was trained for and the device can hold', () => {
    const shape = {
      layers: 16,
      keyValueHeads: 8,
      headSize: 64,
      width: 2048,
      feedForward: 8192,
      vocabulary: 128_256,
    };
    const device = {
      crossOriginIsolated: true,
      sharedMemory: true,
      cores: 8,
      isMobile: false,
      gpu: {
        state: 'ready',
        name: 'GPU',
        features: ['shader-f16'],
        maxBufferBytes: 2 ** 30,
        maxBindingBytes: 2 ** 30,
      },
    } as const;
    const contextOf = (found: typeof gguf | typeof mlc, change: Partial<typeof facts>, on = {}) => {
      const its = { ...facts, shape, sizeBytes: 0.7e9, contextTokens: 131_072, ...change };
      return asCatalogueModel(customModel(found, its, 'own-1'), { ...device, ...on }).contextTokens;
    };
    expect(contextOf(mlc, { quantisation: 'q4f16_1' })).toBe(16_384);
    expect(contextOf(mlc, { quantisation: 'q4f32_1' })).toBe(8192);
    expect(contextOf(mlc, { contextTokens: 2500 })).toBe(2500);
    expect(contextOf(mlc, { contextTokens: 0 })).toBe(4096); // unknown
    expect(contextOf(gguf, {})).toBe(8192);
    expect(contextOf(gguf, { sizeBytes: 1.2e9 }, { isMobile: true })).toBe(4096);
  });

  it('samples with the parameters of its files, within the limits, else with those of its engine', () => {
    const of = (found: typeof gguf | typeof mlc, sampling?: unknown) =>
      asCatalogueModel(customModel(found, { ...facts, sampling }, 'own-1')).sampling;
    const says = { temperature: 0.7, topK: 20, topP: 9, maxAnswerTokens: 1, stop: ['.'] };
    expect(of(gguf, says)).toEqual({
      temperature: 0.7,
      topP: 0.9,
      topK: 20,
      minP: 0.05,
      repeatPenalty: 1.1,
      maxAnswerTokens: 400,
    });
    expect(of(gguf)).toMatchObject({ temperature: 0.6, topK: 40 });
    expect(of(mlc)).not.toHaveProperty('topK');
  });

  it('needs a chosen format if its files contain none that can be used', () => {
    const without = customModel(gguf, { ...facts, template: '' }, 'own-1');
    expect(asCatalogueModel(without)).toMatchObject({ needsFormat: 'template-missing' });
    const formatFault = 'template-irregular' as const;
    const irregular = { ...without, facts: { ...without.facts, formatFault } };
    expect(asCatalogueModel(irregular)).toMatchObject({ needsFormat: formatFault });
    const odd = { ...without, facts: { ...without.facts, formatFault: 'aborted' } } as never;
    expect(asCatalogueModel(odd)).toMatchObject({ needsFormat: 'template-missing' });
    const chosen = { id: 'chatml', format: turnFormats.chatml };
    expect(asCatalogueModel({ ...irregular, chosen })).not.toHaveProperty('needsFormat');
    expect(asCatalogueModel(customModel(gguf, facts, 'own-1'))).not.toHaveProperty('needsFormat');
  });

  it('drops stored models of the wrong shape', () => {
    const good = customModel(gguf, facts, 'own-1');
    const bad = [null, 1, {}, { ...good, facts: { ...facts, template: 1 } }, { name: 'x' }];
    expect(readCustomModels([...bad, good], () => true)).toEqual([good]);
    expect(readCustomModels('nothing', () => true)).toEqual([]);
    // Weights are stored under this id.
    expect(readCustomModels([{ ...good, id: 'smollm2-135m' }], () => true)).toEqual([]);
  });

  it('drops a stored address that the visitor could not have added', () => {
    const allowed = (address: string) =>
      mayFetch(address, 'https://corral.test/app/', ['huggingface.co', '*.hf.co']);
    const read = (stored: string) => {
      const model = customModel(gguf, facts, 'own-1');
      const [one] = readCustomModels([{ ...model, from: { ...model.from, url: stored } }], allowed);
      return one?.from.kind === 'gguf' ? one.from.url : undefined;
    };
    for (const good of [url, 'https://corral.test/m.gguf', 'https://cdn.hf.co/m.gguf']) {
      expect(read(good)).toBe(good);
    }
    for (const bad of [
      'https://evil.example/typed%20text.gguf',
      'https://huggingface.co.evil.example/m.gguf',
      'https://evilhf.co/m.gguf',
      'https://user@huggingface.co/m.gguf',
      'https://huggingface.co:444/m.gguf',
      'http://huggingface.co/m.gguf',
      'HTTPS://huggingface.co/m.gguf',
      'https://huggingface.co/\u202efugg.m',
      '//evil.example/m.gguf',
      'data:,m',
      '',
    ]) {
      expect(read(bad), bad).toBe(null);
    }
    const folder = customModel(mlc, facts, 'own-2');
    const from = { ...folder.from, folderUrl: 'https://huggingface.co/a/?typed=' };
    const [one] = readCustomModels([{ ...folder, from }], allowed);
    expect(one?.from).toMatchObject({ folderUrl: null, libraryUrl: mlc.origin.library });
  });
});

describe('a model that is added', () => {
  const picked = (name: string, fingerprint = 'f', changes = {}): CustomModel =>
    customModel(
      { name, origin: { kind: 'gguf', name: `${name}.gguf`, file: new Blob() } },
      { ...facts, fingerprint, ...changes },
      `own-${(next += 1)}`,
    );
  let next = 0;
  const added = (...models: readonly CustomModel[]) =>
    models
      .reduce<readonly CustomModel[]>(withCustomModel, [])
      .map(({ id, name }) => ({ id, name }));

  it.each([
    ['小模型', '另一个'],
    ['q_4', 'q-4'],
    ['Модель', 'модель'],
    ['a b', 'a/b'],
    ['x', 'X'],
  ])('stands beside the one of a like name: %s and %s', (one, other) => {
    const both = added(picked(one), picked(other));
    expect(both.map(({ name }) => name)).toEqual([one, other]);
    expect(new Set(both.map(({ id }) => id)).size).toBe(2);
  });

  it('gets a number beside another one of the same name', () => {
    const three = added(picked('m'), picked('m', 'g'), picked('m', 'f', { sizeBytes: 9 }));
    expect(three.map(({ name }) => name)).toEqual(['m', 'm (2)', 'm (3)']);
    expect(new Set(three.map(({ id }) => id)).size).toBe(3);
  });

  it('replaces a model from the same file or address', () => {
    const first = picked('m');
    expect(added(first, picked('m'))).toEqual([{ id: first.id, name: 'm' }]);
    const from = customModel(gguf, facts, 'own-a');
    const newer = customModel(gguf, { ...facts, sizeBytes: 2000 }, 'own-b');
    expect(withCustomModel([from], newer)).toEqual([{ ...newer, id: 'own-a' }]);
  });

  it('of an earlier version keeps the id derived from its name', () => {
    const { id: _, ...old } = customModel({ ...gguf, name: 'Some Q4' }, facts, '');
    expect(readCustomModels([old], () => true)).toEqual([{ ...old, id: 'own-some-q4' }]);
  });
});
