// A publisher changes a model's files after a visitor first downloaded them; storage is in memory.
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { downloadModel } from '../../../workers/download/store-model';
import type { ModelSource } from '../../../src/protocol/download';
import { forgetHashes } from '../../../src/storage/weights-hashes';

interface Stored {
  readonly manifests: Map<string, { readonly hash: string }>;
  readonly chunks: Map<string, Uint8Array>;
  readonly seen: Map<string, unknown>;
}
const stored = vi.hoisted((): Stored => ({
  manifests: new Map(),
  chunks: new Map(),
  seen: new Map(),
}));

vi.mock('idb-keyval', () => ({
  createStore: () => null,
  get: async (key: string) => stored.seen.get(key),
  update: async (key: string, change: (before: unknown) => unknown) =>
    void stored.seen.set(key, change(stored.seen.get(key))),
  del: async (key: string) => void stored.seen.delete(key),
  clear: async () => stored.seen.clear(),
}));
vi.mock('../../../workers/download/tabs', () => ({
  oneTabAtATime: (_: string, options: object, work: (shared: object) => unknown) => work(options),
}));
vi.mock('../../../src/storage/weights', () => {
  const key = (id: string, name: string) => `${id}/${name}`;
  return {
    libraryName: 'library.wasm',
    chunkBytes: 1024,
    readStoredModel: async () => undefined,
    writeStoredModel: async () => {},
    readManifest: async (id: string, name: string) => stored.manifests.get(key(id, name)),
    writeManifest: async (id: string, name: string, manifest: { hash: string }) =>
      void stored.manifests.set(key(id, name), manifest),
    writeChunk: async (id: string, name: string, _: number, bytes: Uint8Array) =>
      void stored.chunks.set(key(id, name), bytes),
    deleteFile: async (id: string, name: string) => {
      stored.manifests.delete(key(id, name));
      stored.chunks.delete(key(id, name));
    },
    openWeights: async (id: string, name: string) =>
      new Blob([stored.chunks.get(key(id, name)) as BlobPart]),
    openChunks: async () => new Blob([]),
  };
});

const published: Record<string, string> = {};
const folder = 'https://models.example/m/';
const source: ModelSource = {
  kind: 'mlc',
  folder,
  library: `${folder}m.wasm`,
  modelId: 'm',
  sizeBytes: 100,
  pinned: {},
};
const download = (from = source) =>
  downloadModel(from, {
    ask: (url, { signal }) => fetch(url, { signal }),
    signal: new AbortController().signal,
    onProgress: () => {},
    onFetched: () => {},
  });
/** As after "Delete", or after the browser has evicted the data. */
const loseAll = () => [stored.manifests, stored.chunks].forEach((all) => all.clear());

beforeEach(() => {
  loseAll();
  stored.seen.clear();
  Object.assign(published, {
    'mlc-chat-config.json': '{"tokenizer_files":["tokenizer.json"]}',
    'tensor-cache.json': '{"records":[{"dataPath":"a.bin","nbytes":2}]}',
    'tokenizer.json': '{}',
    'm.wasm': '\0asm1',
    'a.bin': 'ab',
  });
  vi.stubGlobal('navigator', { onLine: true });
  vi.stubGlobal('location', new URL('https://app.example/'));
  vi.stubGlobal('fetch', async (address: string) => {
    const name = address.slice(address.lastIndexOf('/') + 1);
    return new Response(published[name], { headers: { 'Content-Type': 'text/plain' } });
  });
});

describe('a file that its publisher has changed since it was first fetched', () => {
  it('is refused with both hashes, and taken once the visitor accepts the change', async () => {
    await download();
    loseAll();
    await download();
    loseAll();
    published['m.wasm'] = '\0asm2';
    await expect(download()).rejects.toMatchObject({
      code: 'model-changed',
      data: {
        file: 'library.wasm',
        before: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
        now: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) as string,
      },
    });
    expect(stored.manifests.has('m/library.wasm')).toBe(false);
    expect(stored.manifests.has('m/tensor-cache.json')).toBe(true);
    await forgetHashes('m');
    await download();
    expect(stored.manifests.has('m/library.wasm')).toBe(true);
  });

  it('is damaged if its hash was known when the app was built', async () => {
    const pinned = { 'library.wasm': 'a'.repeat(64) };
    await expect(download({ ...source, pinned })).rejects.toMatchObject({ code: 'model-damaged' });
  });

  it('is accepted without asking if it is the app’s own', async () => {
    vi.stubGlobal('location', new URL('https://models.example/'));
    await download();
    loseAll();
    published['m.wasm'] = '\0asm2';
    await download();
    expect(stored.seen.size).toBe(0);
  });
});
