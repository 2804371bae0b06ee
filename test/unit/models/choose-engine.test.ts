import { describe, expect, it } from 'vitest';
import { catalogue } from '../../../src/core/models/catalogue';
import {
  type Capabilities,
  certainCores,
  chooseModel,
  cpuThreads,
  incompatibility,
} from '../../../src/core/models/choose-engine';
import { builtInModel } from '../../../src/core/models/built-in';

const ready = {
  state: 'ready',
  name: 'GPU',
  features: ['shader-f16'],
  maxBufferBytes: 2 ** 30,
  maxBindingBytes: 2 ** 30,
} as const;
const device = (change: Partial<Capabilities> = {}): Capabilities => ({
  gpu: ready,
  crossOriginIsolated: true,
  sharedMemory: true,
  cores: 8,
  isMobile: false,
  ...change,
});

/** For each model that cannot run, the reason. */
const incompatibilities = (capabilities: Capabilities) =>
  Object.fromEntries(
    catalogue.flatMap((model) => {
      const reason = incompatibility(model, capabilities);
      return reason ? [[model.id, reason.key]] : [];
    }),
  );
const onGpu = catalogue.filter(({ engine }) => engine === 'webllm').map(({ id }) => id);

describe('incompatibility', () => {
  it('allows every model on a GPU with 16-bit floats', () => {
    expect(incompatibilities(device())).toEqual({});
  });

  it.each(['no-webgpu', 'insecure', 'no-adapter'] as const)(
    'leaves only the CPU engine where %s',
    (state) => {
      const all = Object.fromEntries(onGpu.map((id) => [id, state]));
      expect(incompatibilities(device({ gpu: { state } }))).toEqual(all);
    },
  );

  it('requires 16-bit floats only if the library uses them', () => {
    const found = incompatibilities(device({ gpu: { ...ready, features: [] } }));
    expect(Object.values(found).every((key) => key === 'gpu-no-f16')).toBe(true);
    expect(Object.keys(found)).toEqual(onGpu.filter((id) => id.includes('q4f16_1')));
  });

  it('refuses a model that needs more memory than the device reports', () => {
    const found = incompatibilities(device({ deviceMemoryGb: 4 }));
    expect(Object.values(found).every((key) => key === 'too-little-memory')).toBe(true);
    expect(Object.keys(found)).toEqual(onGpu.filter((id) => id.startsWith('llama-2-')));
    expect(incompatibilities(device({ deviceMemoryGb: 8 }))).toEqual({}); // 8 stands for 8 or more
  });

  it('refuses a model for which a phone or a tablet would end the page', () => {
    const iPhone = incompatibilities(device({ isMobile: true }));
    expect(Object.values(iPhone).every((key) => key === 'page-limit')).toBe(true);
    expect(Object.keys(iPhone)).toEqual(onGpu.filter((id) => id.startsWith('llama-2-')));
    expect(incompatibility(builtInModel, device({ isMobile: true, deviceMemoryGb: 2 }))).toBeNull();
    const android = device({ isMobile: true, deviceMemoryGb: 8 });
    expect(incompatibilities(android)).toEqual(iPhone);
  });

  it('refuses a file that 32-bit WebAssembly cannot hold', () => {
    const ofSize = (sizeBytes: number) =>
      incompatibility({ ...builtInModel, file: { ...builtInModel.file, sizeBytes } }, device());
    expect(ofSize(2 ** 31 - 1)).toBeNull();
    expect(ofSize(2 ** 31)).toEqual({
      key: 'file-limit',
      needBytes: 2 ** 31,
      limitBytes: 2 ** 31 - 1,
    });
  });

  it('refuses a GPU whose buffers are too small for the model', () => {
    const found = incompatibilities(device({ gpu: { ...ready, maxBindingBytes: 2 ** 26 } }));
    expect(Object.keys(found)).toEqual(onGpu.filter((id) => id !== 'cria'));
  });
});

describe('the recommended Llama', () => {
  const recommended = (change: Partial<Capabilities>) => {
    const { recommended: found } = chooseModel(device(change));
    return found && [found.model.id, found.why];
  };

  it.each<[string, Partial<Capabilities>, string[] | null]>([
    ['none without a GPU', { gpu: { state: 'no-adapter' } }, null],
    ['none where nothing fits', { gpu: { ...ready, maxBindingBytes: 2 ** 26 } }, null],
    ['7B in 16-bit floats', {}, ['llama-2-7b-chat-hf-q4f16_1-1k', 'usual']],
    [
      '7B in 32-bit floats where there are no others',
      { gpu: { ...ready, features: [] } },
      ['llama-2-7b-chat-hf-q4f32_1-1k', 'no-f16'],
    ],
    [
      'the whole context where buffers are large',
      { gpu: { ...ready, maxBufferBytes: 2 ** 32 - 4 } },
      ['llama-2-7b-chat-hf-q4f16_1-4k', 'roomy'],
    ],
    [
      'TinyLlama where memory is little',
      { deviceMemoryGb: 4 },
      ['tinyllama-1.1b-chat-v1.0-q4f16_1-2k', 'little-memory'],
    ],
    [
      'TinyLlama on a phone',
      { isMobile: true, gpu: { ...ready, features: [] } },
      ['tinyllama-1.1b-chat-v1.0-q4f32_1-2k', 'phone'],
    ],
  ])('is %s', (_, change, expected) => expect(recommended(change)).toEqual(expected));
});

describe('cpuThreads', () => {
  it('is one without shared memory', () => {
    expect(cpuThreads(device({ sharedMemory: false }))).toBe(1);
  });

  it.each([
    [1, 1],
    [2, 2],
    [4, 3],
    [8, 7],
    [64, 8],
  ])('on %i cores is %i', (cores, threads) => {
    expect(cpuThreads(device({ cores }))).toBe(threads);
  });
});

describe('the certain cores', () => {
  it('are two if a browser reports 4 for any number below 8', () => {
    expect([2, 4, 8, 10].map((told) => certainCores(told, false))).toEqual([2, 2, 8, 10]);
  });

  it('are the reported number if a browser reports exactly', () => {
    expect([1, 4, 6].map((told) => certainCores(told, true))).toEqual([1, 4, 6]);
  });
});

describe('chooseModel', () => {
  it('starts with the built-in model and says what the GPU would allow', () => {
    expect(chooseModel(device())).toMatchObject({
      model: builtInModel,
      reasons: [
        { key: 'gpu-ready', gpu: 'GPU' },
        { key: 'cpu-threads', threads: 7 },
      ],
    });
  });

  it('says so when there is neither a GPU nor isolation', () => {
    const bare = device({ gpu: { state: 'no-adapter' }, sharedMemory: false });
    expect(chooseModel(bare).reasons.map(({ key }) => key)).toEqual([
      'no-adapter',
      'cpu-one-thread',
    ]);
  });
});
