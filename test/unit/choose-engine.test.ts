import { describe, expect, it } from 'vitest';
import { builtInModel, catalogue } from '../../src/core/catalogue';
import { type Capabilities, chooseModel, cpuThreads, obstacle } from '../../src/core/choose-engine';

const device = (change: Partial<Capabilities> = {}): Capabilities => ({
  gpu: { state: 'ready', name: 'GPU', features: ['shader-f16'], maxBufferBytes: 2 ** 30 },
  crossOriginIsolated: true,
  cores: 8,
  ...change,
});
/** Of the built-in model, Llama 2 in q4f16_1 and in q4f32_1, and Cria. */
const reasonsOf = (capabilities: Capabilities) =>
  catalogue.map((model) => obstacle(model, capabilities)?.key ?? 'runs');

describe('obstacle', () => {
  it('lets everything run on a GPU with 16-bit floats', () => {
    expect(reasonsOf(device())).toEqual(['runs', 'runs', 'runs', 'runs']);
  });

  it('leaves only the built-in model without WebGPU, or without an adapter', () => {
    expect(reasonsOf(device({ gpu: { state: 'no-webgpu' } }))).toEqual([
      'runs',
      'no-webgpu',
      'no-webgpu',
      'no-webgpu',
    ]);
    expect(reasonsOf(device({ gpu: { state: 'no-adapter' } }))).toEqual([
      'runs',
      'no-adapter',
      'no-adapter',
      'no-adapter',
    ]);
  });

  it('asks for 16-bit floats only where the library uses them', () => {
    const gpu = { state: 'ready', name: 'GPU', features: [], maxBufferBytes: 2 ** 30 } as const;
    expect(reasonsOf(device({ gpu }))).toEqual(['runs', 'gpu-no-f16', 'runs', 'runs']);
  });

  it('refuses a GPU whose buffers are too small for the model', () => {
    const gpu = {
      state: 'ready',
      name: 'GPU',
      features: ['shader-f16'],
      maxBufferBytes: 2 ** 26,
    } as const;
    expect(reasonsOf(device({ gpu }))).toEqual([
      'runs',
      'gpu-small-buffers',
      'gpu-small-buffers',
      'runs',
    ]);
  });
});

describe('cpuThreads', () => {
  it('is one without cross-origin isolation', () => {
    expect(cpuThreads(device({ crossOriginIsolated: false }))).toBe(1);
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

describe('chooseModel', () => {
  it('starts with the built-in model and says what the GPU would allow', () => {
    expect(chooseModel(device())).toEqual({
      model: builtInModel,
      reasons: [
        { key: 'gpu-ready', gpu: 'GPU' },
        { key: 'cpu-threads', threads: 7 },
      ],
    });
  });

  it('says so when there is neither a GPU nor isolation', () => {
    const bare = device({ gpu: { state: 'no-adapter' }, crossOriginIsolated: false });
    expect(chooseModel(bare).reasons.map(({ key }) => key)).toEqual([
      'no-adapter',
      'cpu-one-thread',
    ]);
  });
});
