import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../../../src/core/models/choose-engine';
import { builtInModel } from '../../../src/core/models/built-in';
import { cria } from '../../../src/core/models/cria';
import { offlineState, partsFor } from '../../../src/core/offline/offline';

const device: Capabilities = {
  gpu: { state: 'no-adapter' },
  isMobile: false,
  cores: 4,
  crossOriginIsolated: true,
  sharedMemory: true,
};
const limits = { maxBufferBytes: 2 ** 30, maxBindingBytes: 2 ** 30 };
const ready = { state: 'ready', name: 'GPU', features: [], ...limits } as const;

describe('the engine parts that a device stores', () => {
  it('is the CPU engine with threads if the device has more than one core', () => {
    expect(partsFor(device)).toEqual(['wllama-threads']);
    expect(partsFor({ ...device, cores: 1 })).toEqual(['wllama-one-thread']);
  });

  it('is the form for one thread if an isolated page has no shared memory', () => {
    expect(partsFor({ ...device, sharedMemory: false })).toEqual(['wllama-one-thread']);
  });

  it('is both forms until the page is isolated, since its next load will be', () => {
    expect(
      partsFor({ ...device, crossOriginIsolated: false, sharedMemory: false }).toSorted(),
    ).toEqual(['wllama-one-thread', 'wllama-threads']);
  });

  it('is WebLLM only if there is a GPU for it', () => {
    expect(partsFor({ ...device, gpu: ready })).toContain('webllm');
    expect(partsFor({ ...device, gpu: { state: 'no-webgpu' } })).not.toContain('webllm');
  });
});

describe('what works without a network', () => {
  const storedParts = ['wllama-threads'] as const;

  it('is a model whose weights and engine are stored', () => {
    expect(offlineState(builtInModel, { isStored: true, storedParts }, device)).toBe('ready');
    const gpu = { ...device, gpu: ready };
    const all = ['wllama-threads', 'webllm'] as const;
    expect(offlineState(cria, { isStored: true, storedParts: all }, gpu)).toBe('ready');
  });

  it('says which of the two is missing', () => {
    expect(offlineState(builtInModel, { isStored: false, storedParts }, device)).toBe(
      'model-absent',
    );
    expect(offlineState(builtInModel, { isStored: true, storedParts: [] }, device)).toBe(
      'app-absent',
    );
    // Nothing of WebLLM is stored on a device that cannot run it.
    expect(offlineState(cria, { isStored: true, storedParts }, device)).toBe('app-absent');
  });
});
