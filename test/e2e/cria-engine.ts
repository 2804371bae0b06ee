/**
 * `test` for direct requests to an engine worker: a page in which Cria is stored, and a worker beside the app's
 * that has loaded Cria. All tests of a test worker share them; a test that needs a fresh one restarts it.
 */
import { readFile } from 'node:fs/promises';
import type { EngineModel } from '../../src/protocol/engine.ts';
import { libraryName } from '../../src/storage/weights.ts';
import { EngineWorker } from './engine-worker.ts';
import { expect, testWith } from './test.ts';

export { expect };

export const cria: EngineModel = { engine: 'webllm', modelId: 'cria', contextTokens: 512 };

export const test = testWith('Cria').extend<object, { engine: EngineWorker }>({
  engine: [
    async ({ loadedPages }, use) => {
      const { page } = await loadedPages.of('Cria');
      const engine = await EngineWorker.start(page);
      expect(await engine.load(cria)).toMatchObject({ ok: true });
      await use(engine);
      await engine.end();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

/** Cria's folder, for `EngineWorker.loadFolder`. */
export async function criaFiles(): Promise<Record<string, Buffer>> {
  const names = [
    'mlc-chat-config.json',
    'tensor-cache.json',
    'params_shard_0.bin',
    'tokenizer.json',
  ];
  const read = async (name: string) =>
    readFile(new URL(`../fixtures/cria/${name}`, import.meta.url));
  const files = await Promise.all(names.map(async (name) => [name, await read(name)] as const));
  return { ...Object.fromEntries(files), [libraryName]: await read('cria.wasm') };
}
