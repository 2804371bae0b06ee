// A local server in place of the publishers.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { pinModel } from '../../../scripts/pin/pin-model.mjs';
import { llama2Models } from '../../../src/core/models/llama-2';
import { readModelPins } from '../../../src/core/models/model-pins';
import { recordHash, forgetHashes } from '../../../src/storage/weights-hashes';

const stored = vi.hoisted(() => new Map<string, unknown>());
vi.mock('idb-keyval', () => ({
  createStore: () => null,
  get: async (key: string) => stored.get(key),
  update: async (key: string, change: (before: unknown) => unknown) =>
    void stored.set(key, change(stored.get(key))),
  del: async (key: string) => void stored.delete(key),
  clear: async () => stored.clear(),
}));

const [weightsCommit, libraryCommit] = ['1'.repeat(40), '2'.repeat(40)];
const folder = `/mlc-ai/TinyLlama-1.1B-Chat-v1.0-q4f16_1-MLC/resolve/${weightsCommit}`;
const library = `/mlc-ai/binary-mlc-llm-libs/${libraryCommit}/web-llm-models/v0_2_86/base/TinyLlama-1.1B-Chat-v1.0-q4f16_1_cs1k-webgpu.wasm`;
const files: Record<string, string> = {
  '/api/models/mlc-ai/TinyLlama-1.1B-Chat-v1.0-q4f16_1-MLC/revision/main': `{"sha":"${weightsCommit}"}`,
  '/repos/mlc-ai/binary-mlc-llm-libs/commits/main': `{"sha":"${libraryCommit}"}`,
  [`${folder}/mlc-chat-config.json`]: '{"tokenizer_files":["tokenizer.model","tokenizer.json"]}',
  [`${folder}/ndarray-cache.json`]: '{"records":[]}',
  [`${folder}/tokenizer.json`]: '{}',
  [library]: '\0asm',
};
const hashOf = (path: string) => createHash('sha256').update(files[path]!).digest('hex');

const server = createServer(({ url = '' }, response) => {
  const text = files[url];
  response.writeHead(text === undefined ? 404 : 200).end(text);
});
let host = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  host = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const { modelUrl, libraryUrl } = llama2Models.tinyF16;
const addresses = { modelUrl: modelUrl!, libraryUrl: libraryUrl! };

describe('npm run pin', () => {
  it('finds the commits of a model’s addresses, and the hashes of its files there', async () => {
    const pin = await pinModel(addresses, { weights: host, libraries: host, commits: host });
    expect(pin).toEqual({
      weightsCommit,
      libraryCommit,
      files: {
        'mlc-chat-config.json': hashOf(`${folder}/mlc-chat-config.json`),
        // Under its stored name.
        'tensor-cache.json': hashOf(`${folder}/ndarray-cache.json`),
        'tokenizer.json': hashOf(`${folder}/tokenizer.json`),
        'library.wasm': hashOf(library),
      },
    });
    expect(readModelPins({ tiny: pin })).toEqual({ tiny: pin });
  });

  it('names a missing file', async () => {
    const gone = { ...addresses, libraryUrl: libraryUrl!.replace('TinyLlama', 'Tiny') };
    const pinning = pinModel(gone, { weights: host, libraries: host, commits: host });
    await expect(pinning).rejects.toThrow(/Tiny-1.1B.+is not there/);
  });
});

describe('a list of pins', () => {
  it.each([
    null,
    { a: null },
    { a: { files: { x: 'short' } } },
    { a: { files: {}, weightsCommit: 'main' } },
  ])('is refused at the build where it is %j', (value) => {
    expect(() => readModelPins(value)).toThrow();
  });
});

describe('a file without a known hash', () => {
  it('is recorded when it is first seen, and compared from then on', async () => {
    expect(await recordHash('m', 'library.wasm', 'sha256:a')).toBe('sha256:a');
    expect(await recordHash('m', 'library.wasm', 'sha256:a')).toBe('sha256:a');
    expect(await recordHash('m', 'library.wasm', 'sha256:b')).toBe('sha256:a');
    expect(await recordHash('m', 'tokenizer.json', 'sha256:c')).toBe('sha256:c');
    await forgetHashes('m');
    expect(await recordHash('m', 'library.wasm', 'sha256:b')).toBe('sha256:b');
  });
});
