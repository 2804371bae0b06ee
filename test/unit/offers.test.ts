import { prebuiltAppConfig } from '@mlc-ai/web-llm';
import { describe, expect, it } from 'vitest';
import { catalogue, modelSource } from '../../src/core/models/catalogue';
import type { Capabilities } from '../../src/core/models/choose-engine';
import { modelMemoryBytes } from '../../src/core/models/model-memory';
import { cardsOf } from '../../src/core/models/cards';
import { contextTokensFor } from '../../src/core/models/context-tokens';
import { licenceByName } from '../../src/core/models/licences';
import { listedModels } from '../../src/core/models/listed';
import {
  buildOf,
  foundOffer,
  groupOf,
  offersFor,
  recommendedOffer,
} from '../../src/core/models/offers';
import { webLlmModels } from '../../src/core/models/web-llm-models';
import { moreModels } from '../../src/i18n/en/more-models';

const gpu = {
  state: 'ready',
  name: 'GPU',
  features: ['shader-f16'],
  maxBufferBytes: 2 ** 30,
  maxBindingBytes: 2 ** 30,
} as const;
const device = (change: Partial<Capabilities> = {}): Capabilities => ({
  gpu,
  crossOriginIsolated: true,
  sharedMemory: true,
  cores: 8,
  isMobile: false,
  ...change,
});
const site = { baseUrl: 'https://app.example/', mirror: '', pins: {} };
const listed = Object.entries(listedModels);

describe('the list of WebLLM’s models', () => {
  it('is the installed package’s own, as far as they chat in text', () => {
    const text = prebuiltAppConfig.model_list.filter(({ model_type: kind = 0 }) => kind === 0);
    expect(webLlmModels.map(({ id }) => id)).toEqual(text.map(({ model_id: id }) => id));
    const llama = webLlmModels.find(({ id }) => id === 'Llama-3.2-1B-Instruct-q4f16_1-MLC');
    // The package does not say that of this one.
    expect(llama).toMatchObject({ contextTokens: 4096, gpuFeatures: ['shader-f16'] });
  });

  it.each(listed)('has %s, with 4 bits a weight', (_, model) => {
    const builds = [buildOf(model, 'q4f16_1'), buildOf(model, 'q4f32_1')].filter(Boolean);
    expect(builds.length).toBeGreaterThan(0);
    for (const build of builds) expect(build!.gpuMegabytes).toBeGreaterThan(300);
  });

  it.each(listed)(
    'has a sentence and the right licence for %s, also once it is added',
    (id, model) => {
      expect(moreModels.more.goodAt).toHaveProperty([id]);
      const { licence } = model;
      expect(licenceByName(model.name)).toBe(licence.terms ? licence : null);
    },
  );

  it.each(listed)(
    'needs about as much memory for %s as computed from its architecture',
    (_, model) => {
      const build = buildOf(model, 'q4f16_1')!;
      const computed = modelMemoryBytes(model.shape, {
        weightsBytes: (model.parameters * 4.5) / 8,
        contextTokens: 4096,
        floatBytes: 2,
        stepTokens: 1024,
      });
      // WebLLM's figure has the logits of a whole prefill step, if its library makes them.
      const withLogits = computed + 1024 * model.shape.vocabulary * 4;
      const said = build.gpuMegabytes * 2 ** 20;
      const nearest = Math.min(
        ...[computed, withLogits].map((bytes) => Math.abs(said / bytes - 1)),
      );
      expect(nearest).toBeLessThan(0.1);
    },
  );
});

describe('an offer', () => {
  const idsOf = (change: Partial<Capabilities>, group: string) =>
    offersFor(device(change)).flatMap((offer) => (groupOf(offer) === group ? [offer.id] : []));

  it('is the build that the graphics chip can run', () => {
    const buildIds = (change: Partial<Capabilities>) =>
      offersFor(device(change)).map(({ build }) => build.id);
    expect(buildIds({})).toContain('Llama-3.2-1B-Instruct-q4f16_1-MLC');
    const withoutF16 = buildIds({ gpu: { ...gpu, features: [] } });
    expect(withoutF16).toContain('Llama-3.2-1B-Instruct-q4f32_1-MLC');
    // Of one there are 16-bit floats only, and that is said.
    expect(idsOf({ gpu: { ...gpu, features: [] } }, 'unfit')).toContain('gemma-3-1b');
  });

  it('is in a group by its memory, or among those that do not fit, with the reason', () => {
    expect(idsOf({}, 'light')).toContain('llama-3.2-1b');
    expect(idsOf({}, 'large')).toContain('llama-3.1-8b');
    const phone = offersFor(device({ isMobile: true }));
    expect(phone.find(({ id }) => id === 'llama-3.1-8b')?.incompatibility?.key).toBe('page-limit');
    const small = device({ gpu: { ...gpu, maxBindingBytes: 2 ** 27 } });
    // Its vocabulary has 256,000 tokens: the embedding is one buffer.
    const gemma = offersFor(small).find(({ id }) => id === 'gemma-2-2b');
    expect(gemma?.incompatibility?.key).toBe('gpu-small-buffers');
    expect(gemma?.largestBufferBytes).toBe((256_000 * 2304) / 2);
  });

  it('has as much context as model and device bear', () => {
    const contextOf = (id: string, change: Partial<Capabilities> = {}) =>
      offersFor(device(change)).find((offer) => offer.id === id)?.contextTokens;
    expect(contextOf('llama-3.2-1b')).toBe(16_384);
    expect(contextOf('llama-3.1-8b')).toBe(2048);
    const roomy = { gpu: { ...gpu, maxBufferBytes: 2 ** 32 - 4 } };
    expect(contextOf('llama-3.1-8b', roomy)).toBe(16_384);
    expect(contextOf('smollm2-360m')).toBe(8192); // as many as it was trained for
    expect(contextOf('llama-3.2-1b', { isMobile: true })).toBe(16_384);
    expect(contextOf('llama-3.2-3b', { deviceMemoryGb: 4 })).toBeLessThan(4096);
  });

  it('comes from WebLLM’s address, with commit and hashes if it is pinned', () => {
    const offer = offersFor(device()).find(({ id }) => id === 'llama-3.2-1b')!;
    expect(foundOffer(offer, site)).toMatchObject({
      name: 'Llama 3.2 1B',
      origin: {
        folder: 'https://huggingface.co/mlc-ai/Llama-3.2-1B-Instruct-q4f16_1-MLC/resolve/main/',
        library: expect.stringMatching(
          /Llama-3\.2-1B-Instruct-q4f16_1_cs1k-webgpu\.wasm$/,
        ) as string,
      },
    });
    expect(foundOffer(offer, site).hashes).toBeUndefined();
    const [weightsCommit, files] = ['1'.repeat(40), { 'library.wasm': 'a'.repeat(64) }];
    const pins = { [offer.weightsId]: { weightsCommit, files } };
    const pinned = foundOffer(offer, { ...site, pins });
    expect(pinned).toMatchObject({ hashes: files });
    expect(pinned.origin).toMatchObject({
      folder: expect.stringContaining(`/resolve/${weightsCommit}/`) as string,
    });
    expect(foundOffer(offer, { ...site, mirror: 'models' }).origin).toMatchObject({
      folder: expect.stringMatching(/^https:\/\/app\.example\/models\/mlc-ai\//) as string,
    });
  });
});

describe('the recommendation for a weak device', () => {
  const best = (change: Partial<Capabilities>) => recommendedOffer(device(change))?.id;

  it.each<[string, Partial<Capabilities>, string | undefined]>([
    ['a phone', { isMobile: true }, 'llama-3.2-1b'],
    [
      'a phone without 16-bit floats',
      { isMobile: true, gpu: { ...gpu, features: [] } },
      'llama-3.2-1b',
    ],
    ['4 GB of memory', { deviceMemoryGb: 4 }, 'qwen-2.5-1.5b'],
    ['2 GB of memory', { deviceMemoryGb: 2 }, 'llama-3.2-1b'],
    ['small buffers', { gpu: { ...gpu, maxBindingBytes: 2 ** 26 } }, 'smollm2-360m'],
    ['room for Llama 2 7B', {}, undefined],
    ['no WebGPU', { gpu: { state: 'no-webgpu' } }, undefined],
  ])('with %s is from the whole list', (_, change, expected) => {
    expect(best(change)).toBe(expected);
  });
});

describe('a card', () => {
  const titles = (change: Partial<Capabilities>) =>
    cardsOf(catalogue, device(change)).map(({ best, others }) => [best.id, others.length]);

  it('has one model for all its builds: the one that suits the device', () => {
    expect(titles({})).toEqual([
      ['smollm2-135m', 0],
      ['llama-2-7b-chat-hf-q4f16_1-1k', 3],
      ['llama-2-13b-chat-hf-q4f16_1-4k', 0],
      ['tinyllama-1.1b-chat-v1.0-q4f16_1-2k', 1],
      ['cria', 0],
    ]);
    const seven = (change: Partial<Capabilities>) => titles(change)[1]![0];
    expect(seven({ gpu: { ...gpu, features: [] } })).toBe('llama-2-7b-chat-hf-q4f32_1-1k');
    const roomy = { ...gpu, maxBufferBytes: 2 ** 32 - 4 };
    expect(seven({ gpu: roomy })).toBe('llama-2-7b-chat-hf-q4f16_1-4k');
    expect(seven({ gpu: { state: 'no-adapter' } })).toBe('llama-2-7b-chat-hf-q4f16_1-1k');
  });

  it('gives the visitor’s own models one each', () => {
    const own = { ...catalogue[0]!, family: 'own' as const };
    const models = [
      { ...own, id: 'own-1', name: 'Mine (1)' },
      { ...own, id: 'own-2', name: 'Mine (2)' },
    ];
    expect(cardsOf(models, null).map(({ best }) => best.id)).toEqual(['own-1', 'own-2']);
  });
});

describe('the context of a model on the processor', () => {
  const smol = {
    layers: 30,
    keyValueHeads: 3,
    headSize: 64,
    width: 576,
    feedForward: 1536,
    vocabulary: 49_152,
  };
  const tokens = (weightsBytes: number, change: Partial<Capabilities> = {}, trainedTokens = 0) =>
    contextTokensFor(
      {
        engine: 'wllama',
        shape: smol,
        weightsBytes,
        floatBytes: 4,
        stepTokens: 16,
        trainedTokens,
      },
      device(change),
    );

  it('limits its cache to what can be allocated at once, and to the trained length', () => {
    expect(tokens(1e8)).toBe(8192);
    expect(tokens(1e8, {}, 3000)).toBe(3000);
    expect(tokens(1e8, {}, 512)).toBe(512);
    expect(tokens(1.4e9, { isMobile: true })).toBe(2048);
    // Whether even that fits is for others to say.
    expect(tokens(2e9, { isMobile: true })).toBe(1024);
  });
});

it('what was verified by a hash when it was added is verified when it is fetched', () => {
  const hashes = { 'm.gguf': 'c'.repeat(64) };
  const model = {
    ...catalogue[0]!,
    engine: 'wllama' as const,
    id: 'own-1',
    family: 'own' as const,
    file: {
      name: 'm.gguf',
      url: 'https://huggingface.co/m.gguf',
      sizeBytes: 9,
      sha256: hashes['m.gguf'],
    },
  };
  expect(modelSource(model, site, undefined).pinned).toEqual(hashes);
});
