// Gathers Cria's folder and library in one place, with a manifest of sizes and hashes:
//   node fixture.mjs BUILD_FOLDER FIXTURE_FOLDER
import { createHash } from 'node:crypto';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';

const [build, fixture] = process.argv.slice(2);
if (!build || !fixture) throw new Error('usage: node fixture.mjs BUILD_FOLDER FIXTURE_FOLDER');

const model = path.join(build, 'cria');
const sources = (await readdir(model)).sort().map((name) => path.join(model, name));
sources.push(path.join(build, 'cria.wasm'));

await mkdir(fixture, { recursive: true });
const files = [];
for (const source of sources) {
  const name = path.basename(source);
  const content = await readFile(source);
  const sha256 = createHash('sha256').update(content).digest('hex');
  files.push({ name, bytes: content.length, sha256 });
  await copyFile(source, path.join(fixture, name));
}
const manifest = { recipe: 'toolchain/README.md', files };
await writeFile(path.join(fixture, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
for (const { name, bytes } of files) console.log(`${String(bytes).padStart(10)} ${name}`);
