/** Cria as q4f16_1: its committed weights, rounded, and a library with the kernels of our own. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliDecompressSync } from 'node:zlib';
import { float16Files } from '../../toolchain/cria/float16.mjs';

const fixture = fileURLToPath(new URL('../fixtures/cria/', import.meta.url));
const library = new URL('../fixtures/cria-libraries/cria-q4f16_1.wasm.br', import.meta.url);

/** By name; the library under `libraryFile`. */
export async function criaFloat16(libraryFile: string): Promise<Record<string, Buffer>> {
  const files = await float16Files(fixture);
  return { ...files, [libraryFile]: brotliDecompressSync(await readFile(library)) };
}

export interface ModelFolder {
  readonly folder: string;
  remove(): Promise<void>;
}

/** As a visitor has it on the disk. */
export async function criaFloat16Folder(): Promise<ModelFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'cria-q4f16_1-'));
  for (const [name, content] of Object.entries(await criaFloat16('cria.wasm'))) {
    await writeFile(join(folder, name), content);
  }
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Runs in a page. */
export async function hasFloat16(): Promise<boolean> {
  const adapter = await navigator.gpu.requestAdapter();
  return adapter?.features.has('shader-f16') ?? false;
}
