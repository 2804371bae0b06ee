// Puts Cria, the tiny Llama 2, under public/models/ for the build.
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { ForeseenError } from '../foreseen-error.mjs';
import { inProject } from '../project.mjs';

/** WebLLM looks for a model's files under `resolve/main/`. */
const folder = inProject('public', 'models', 'cria', 'resolve', 'main');

/**
 * The content of the fixture's folder, as written by `toolchain/cria/fixture.mjs`.
 * @typedef {object} CriaManifest
 * @property {{ name: string, bytes: number, sha256: string }[]} files
 */

/** @param {string} name */
const inFixture = (name) => inProject('test', 'fixtures', 'cria', name);

/** @returns {Promise<CriaManifest>} */
export async function readCriaManifest() {
  return JSON.parse(await readFile(inFixture('manifest.json'), 'utf8'));
}

/** Needs no network: the files are part of the repository. */
export async function copyCria() {
  const { files } = await readCriaManifest();
  await mkdir(folder, { recursive: true });
  for (const { name, sha256 } of files) {
    const digest = createHash('sha256')
      .update(await readFile(inFixture(name)))
      .digest('hex');
    if (digest !== sha256) throw new ForeseenError(`Cria's ${name} is not what its manifest says.`);
    await cp(inFixture(name), `${folder}/${name}`);
  }
}
