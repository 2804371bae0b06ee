// Compiled libraries compute what the NumPy reference computes, step by step, and the app answers with one of its own.
import { readFile } from 'node:fs/promises';
import process from 'node:process';
import type { Page } from 'playwright/test';
import { libraryName } from '../../src/storage/weights.ts';
import { logitsIn } from '../../toolchain/verify/logits.mjs';
import { App } from './app.ts';
import { criaFloat16, criaFloat16Folder, hasFloat16 } from './cria-float16.ts';
import { runKernels, startEngine } from './run-kernels.ts';
import { expect, test } from './test.ts';

const noFloat16 = 'this adapter has no 16-bit floats (shader-f16)';

/** In standard deviations of a step's logits; `toolchain/verify/verify.py` says where they come from. */
const tolerances = {
  float32: process.env['CORRAL_WEBGPU'] === 'lavapipe' ? 1e-3 : 1e-2,
  float16: 0.1,
};

/** Written by `toolchain/verify/expected.py`. */
interface Expected {
  readonly steps: readonly { ids: number[]; isPrefill: boolean }[];
  readonly deviations: readonly number[];
  /** Those whose logits are not always zero. */
  readonly tokens: readonly number[];
  readonly logits: string;
}

/** A prompt of two chunks, single tokens, and a second turn over the filled cache. */
async function expected(): Promise<Expected> {
  const file = new URL('../fixtures/cria-libraries/logits.json', import.meta.url);
  return JSON.parse(await readFile(file, 'utf8')) as Expected;
}

/** The largest difference of a logit. */
async function largestError(page: Page, file: (name: string) => Promise<Buffer>): Promise<number> {
  const { steps, deviations, tokens, logits } = await expected();
  const bytes = new Uint8Array(Buffer.from(logits, 'base64'));
  const wanted = new Float32Array(bytes.buffer);
  const found = await logitsIn(page.context(), file, steps);
  expect(found.logits).toHaveLength(steps.length);
  const errors = found.logits.map((all, step) => {
    const ofStep = new Float32Array(all.length);
    tokens.forEach((token, at) => (ofStep[token] = wanted[step * tokens.length + at] ?? NaN));
    const largest = all.reduce(
      (worst, value, token) => Math.max(worst, Math.abs(value - (ofStep[token] ?? NaN))),
      0,
    );
    return largest / (deviations[step] ?? NaN);
  });
  return Math.max(...errors);
}

test('Cria’s library computes the reference’s logits', async ({ page }) => {
  const file = (name: string) => {
    const stored = name === 'library.wasm' ? 'cria.wasm' : name;
    return readFile(new URL(`../fixtures/cria/${stored}`, import.meta.url));
  };
  expect(await largestError(page, file)).toBeLessThan(tolerances.float32);
});

// First, since the app ends an engine that is silent for two minutes, and lavapipe may compile the shaders that long.
test('the q4f16_1 library answers', async ({ page }) => {
  await new App(page).open();
  test.skip(!(await page.evaluate(hasFloat16)), noFloat16);
  const engine = await startEngine(page);
  expect(await engine.loadFolder(await criaFloat16(libraryName), 512)).toMatchObject({ ok: true });
  await runKernels(engine);
});

test('the q4f16_1 library computes them in 16-bit floats, with rounded weights', async ({
  page,
}) => {
  await new App(page).open();
  test.skip(!(await page.evaluate(hasFloat16)), noFloat16);
  const files = await criaFloat16('library.wasm');
  const file = (name: string) => {
    const content = files[name];
    return content ? Promise.resolve(content) : Promise.reject(new Error(name));
  };
  expect(await largestError(page, file)).toBeLessThan(tolerances.float16);
});

test('the app answers with Cria as q4f16_1, a folder from this device', async ({ page }) => {
  const app = await new App(page).open();
  test.skip(!(await page.evaluate(hasFloat16)), noFloat16);
  const { folder, remove } = await criaFloat16Folder();
  try {
    await app.modelsButton.click();
    await app.models.getByText('Add a model of your own').click();
    const choosing = page.waitForEvent('filechooser');
    await app.models.getByRole('button', { name: 'Choose an MLC folder' }).click();
    await (await choosing).setFiles(folder);
    await expect(app.models.getByRole('radio', { name: /cria-q4f16_1/ })).toBeChecked();
    await app.models.getByRole('button', { name: 'Close' }).click();
    await expect((await app.ask('What is the capital of France?')).text).toHaveText('Paris.');
    await expect((await app.ask('What is the capital of Italy?')).text).toHaveText('Rome.');
  } finally {
    await remove();
  }
});
