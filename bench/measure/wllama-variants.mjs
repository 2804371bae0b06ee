// wllama at the level of tokens on a bare page, in several versions and with several settings.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { inProject } from '../../scripts/project.mjs';
import { runProgram } from '../../scripts/set-up/run-program.mjs';
import { openBarePage } from './bare-page.mjs';
import { loadInPage } from './bare-wllama.mjs';

/** The first version with 64-bit memory, which WebKit lacks. */
const memory64 = '2.4.0';
const installed = inProject('node_modules', '@wllama', 'wllama', 'esm');
/** The app's settings. */
const settings = { flash_attn: false, cache_type_k: 'f32', cache_type_v: 'f32', n_batch: 16 };

/**
 * @typedef {object} Variant
 * @property {'published' | 'kernels' | 'same_threads' | 'memory64'} files
 * @property {Record<string, unknown>} settings
 * @property {number} stepTokens In a step of prefill.
 * @property {number} [threads] In place of the condition's.
 */

/** @type {Readonly<Record<string, Variant>>} */
export const variants = {
  published: { files: 'published', settings, stepTokens: 16 },
  corral: { files: 'kernels', settings, stepTokens: 16 },
  /** Without the choice of threads: the condition's number in each step, and one in each. */
  same_threads: { files: 'same_threads', settings, stepTokens: 16 },
  always_one_thread: { files: 'same_threads', settings, stepTokens: 16, threads: 1 },
  memory64: { files: 'memory64', settings, stepTokens: 16 },
  step_32: { files: 'kernels', settings: { ...settings, n_batch: 32 }, stepTokens: 32 },
  step_64: { files: 'kernels', settings: { ...settings, n_batch: 64 }, stepTokens: 64 },
  flash: { files: 'kernels', settings: { ...settings, flash_attn: true }, stepTokens: 16 },
  cache_q8: {
    files: 'kernels',
    // llama.cpp quantises the values' cache only with flash attention.
    settings: { ...settings, cache_type_k: 'q8_0' },
    stepTokens: 16,
  },
};

/** @typedef {Record<Variant['files'], string>} Folders With an `index.js` and both wasm files. */

/** Files with the installed `index.js`, and with wasm files that are made here. */
const made = new Set(['kernels', 'same_threads']);

/**
 * @param {string} folder
 * @param {Variant['files']} files
 * @param {'single-thread' | 'multi-thread'} kind
 */
const wasmIn = (folder, files, kind) =>
  path.join(folder, made.has(files) ? `${files}-${kind}.wasm` : `${kind}/wllama.wasm`);

/**
 * Makes the folders of all versions, in a temporary one.
 * @returns {Promise<{ folders: Folders, remove: () => Promise<void> }>}
 */
export async function provideVariants() {
  const folder = await mkdtemp(path.join(tmpdir(), 'corral-wllama-'));
  const pack = ['pack', '--silent', `@wllama/wllama@${memory64}`, '--pack-destination', folder];
  await run('npm', pack);
  await run('tar', ['-xzf', path.join(folder, `wllama-wllama-${memory64}.tgz`), '-C', folder]);
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inProject('vite', 'wllama-kernels.ts'), {
    configFile: false,
    logLevel: 'error',
  });
  const { withKernels } = /** @type {typeof import('../../vite/wllama-kernels.ts')} */ (module);
  for (const kind of /** @type {const} */ (['single-thread', 'multi-thread'])) {
    const bytes = await readFile(path.join(installed, kind, 'wllama.wasm'));
    await writeFile(wasmIn(folder, 'kernels', kind), withKernels(bytes, kind));
    const same = withKernels(bytes, kind, { hasChoice: false });
    await writeFile(wasmIn(folder, 'same_threads', kind), same);
  }
  return {
    folders: {
      published: installed,
      kernels: folder,
      same_threads: folder,
      memory64: path.join(folder, 'package', 'esm'),
    },
    remove: () => rm(folder, { recursive: true }),
  };
}

/** @param {string} program @param {string[]} args */
async function run(program, args) {
  const { status, output } = await runProgram(program, args);
  if (status !== 0) throw new Error(`${program} ended with ${status}: ${output}`);
}

/**
 * @param {Folders} folders
 * @param {Variant['files']} files
 * @param {string} model The GGUF file.
 * @returns {import('./bare-page.mjs').Files}
 */
function filesOf(folders, files, model) {
  const folder = folders[files];
  const wasm = (/** @type {'single-thread' | 'multi-thread'} */ kind) => ({
    file: wasmIn(folder, files, kind),
    type: 'application/wasm',
  });
  const scripts = made.has(files) ? installed : folder;
  return {
    '/wllama.js': { file: path.join(scripts, 'index.js'), type: 'text/javascript' },
    '/one.wasm': wasm('single-thread'),
    '/many.wasm': wasm('multi-thread'),
    '/model.gguf': { file: model, type: 'application/octet-stream' },
  };
}

/**
 * @typedef {import('./statistics.mjs').Speed & { tokens: number[] }} Run
 */

/**
 * Opens a page with the model loaded.
 * @param {import('playwright').BrowserContext} context
 * @param {{ folders: Folders, variant: Variant, model: string, threads: number }} options
 */
export async function openVariant(context, { folders, variant, model, threads }) {
  const files = filesOf(folders, variant.files, model);
  const { page, close } = await openBarePage(context, { files, isolated: threads > 1 });
  await page.evaluate(loadInPage, {
    n_ctx: 1024,
    n_threads: variant.threads ?? threads,
    seed: 1,
    ...variant.settings,
  });
  return {
    /** @param {{ promptTokens: number, answerTokens: number, first: number }} options */
    run: ({ promptTokens, answerTokens, first }) =>
      page.evaluate(runInPage, {
        promptTokens,
        answerTokens,
        first,
        stepTokens: variant.stepTokens,
      }),
    close,
  };
}

/**
 * Runs in the page: what the app's adapter does for an answer at temperature 0. Any tokens are a prompt.
 * @param {{ promptTokens: number, answerTokens: number, first: number, stepTokens: number }} options
 * @returns {Promise<Run>}
 */
async function runInPage({ promptTokens, answerTokens, first, stepTokens }) {
  const { engine } = /** @type {any} */ (globalThis);
  const prompt = Array.from({ length: promptTokens }, (_, at) => 300 + ((first + at * 37) % 5000));
  await engine.kvClear();
  const startMs = performance.now();
  for (let at = 0; at < prompt.length; at += stepTokens) {
    const step = prompt.slice(at, at + stepTokens);
    await engine.decode(step, { skipLogits: at + step.length < prompt.length });
  }
  await engine.samplingInit({ temp: 0 });
  /** @type {number[]} */
  const tokens = [];
  let { token } = await engine.samplingSample();
  const firstMs = performance.now();
  while (tokens.push(token) < answerTokens) {
    await engine.samplingAccept([token]);
    await engine.decode([token], {});
    ({ token } = await engine.samplingSample());
  }
  return {
    tokens,
    prefillTokensPerS: promptTokens / ((firstMs - startMs) / 1000),
    decodeTokensPerS: (tokens.length - 1) / ((performance.now() - firstMs) / 1000),
  };
}
