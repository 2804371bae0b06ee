// `npm run bench -- cpu [NAME …]`: the CPU engine as wllama publishes it, with Corral's kernels, with 64-bit memory, and
// with other settings, on bare pages, in alternation: tokens a second, ratios to the first, and whether the tokens are the
// same. A name is a model, a variant or a condition; without, all models and conditions, and three variants.
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { chromiumOptions } from '../scripts/chromium-options.mjs';
import { say } from '../scripts/entry-point.mjs';
import { ForeseenError } from '../scripts/foreseen-error.mjs';
import { inProject } from '../scripts/project.mjs';
import { provideBrowser } from '../scripts/set-up/browser.mjs';
import { builtInModelFile } from '../scripts/set-up/built-in-model-file.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { median, round } from './measure/statistics.mjs';
import { writeSyntheticGguf } from './measure/synthetic-gguf.mjs';
import { openVariant, provideVariants, variants } from './measure/wllama-variants.mjs';

/** The first round warms up: browsers optimise hot wasm while it runs. */
const rounds = 4;
const models = {
  smollm2: { promptTokens: 192, answerTokens: 48 },
  synthetic_1b: { promptTokens: 32, answerTokens: 8 },
  synthetic_1b_k: { promptTokens: 32, answerTokens: 8 },
};
const cores = cpus().length;
const conditions = {
  one_thread: { threads: 1, busyCores: 0 },
  all_threads: { threads: cores, busyCores: 0 },
  /** Another program keeps one core busy. */
  all_threads_busy: { threads: cores, busyCores: 1 },
};
const usualVariants = ['published', 'corral', 'memory64'];

/** @param {string[]} names */
export default async function benchCpu(names) {
  const known = { ...models, ...conditions, ...variants };
  const unknown = names.find((name) => !Object.hasOwn(known, name));
  if (unknown !== undefined) {
    const list = Object.keys(known).join(', ');
    throw new ForeseenError(`There is no "${unknown}"; there are: ${list}`, { exitCode: 2 });
  }
  /** @param {object} all @param {string[]} [usual] */
  const wanted = (all, usual = Object.keys(all)) => {
    const some = names.filter((name) => Object.hasOwn(all, name));
    return some.length > 0 ? some : usual;
  };
  await provideModels();
  const provided = await provideVariants();
  const folder = await mkdtemp(path.join(tmpdir(), 'corral-cpu-'));
  try {
    /** @type {Record<string, object>} */
    const results = {};
    for (const model of wanted(models)) {
      const file = await fileOf(model, folder);
      for (const condition of wanted(conditions)) {
        results[`${model}_${condition}`] = await compare({
          file,
          name: `${model}, ${condition}`,
          ...conditions[/** @type {keyof typeof conditions} */ (condition)],
          lengths: models[/** @type {keyof typeof models} */ (model)],
          names: wanted(variants, usualVariants),
          folders: provided.folders,
        });
      }
    }
    return { bench: 'cpu', cores, ...results };
  } finally {
    await rm(folder, { recursive: true });
    await provided.remove();
  }
}

/** @param {string} model @param {string} folder */
async function fileOf(model, folder) {
  if (model === 'smollm2') return inProject('public', 'models', builtInModelFile.name);
  const file = path.join(folder, 'synthetic.gguf');
  await writeSyntheticGguf(file, model === 'synthetic_1b' ? 'q4_0' : 'q4_k_m');
  return file;
}

/**
 * @param {object} options
 * @param {string} options.file
 * @param {string} options.name
 * @param {number} options.threads
 * @param {number} options.busyCores
 * @param {{ promptTokens: number, answerTokens: number }} options.lengths
 * @param {string[]} options.names Of variants.
 * @param {import('./measure/wllama-variants.mjs').Folders} options.folders
 */
async function compare({ file, name, threads, busyCores, lengths, names, folders }) {
  const { executablePath } = await provideBrowser();
  const { chromium } = await import('playwright');
  const browser = await chromium.launch(chromiumOptions({ executablePath }));
  const others = Array.from({ length: busyCores }, () =>
    spawn(process.execPath, ['-e', 'for(;;);']),
  );
  try {
    const context = await browser.newContext();
    const pages = [];
    for (const variantName of names) {
      const variant = variants[variantName];
      if (!variant) continue;
      say(`${name}: ${variantName} loads …`);
      const page = await openVariant(context, { folders, variant, model: file, threads });
      /** @type {import('./measure/wllama-variants.mjs').Run[]} */
      const runs = [];
      pages.push({ variantName, page, runs });
    }
    for (let index = 0; index < rounds; index += 1) {
      say(`${name}: round ${index + 1} of ${rounds} …`);
      for (const { page, runs } of pages) runs.push(await page.run({ ...lengths, first: index }));
    }
    const [reference] = pages;
    return Object.fromEntries(
      pages.map(({ variantName, runs }) => [variantName, summary(runs, reference?.runs ?? runs)]),
    );
  } finally {
    for (const other of others) other.kill();
    await browser.close();
  }
}

/**
 * @param {readonly import('./measure/wllama-variants.mjs').Run[]} runs
 * @param {readonly import('./measure/wllama-variants.mjs').Run[]} reference
 */
function summary(runs, reference) {
  const [own, first] = [speedOf(runs), speedOf(reference)];
  return {
    prefill_tokens_per_s: round(own.prefill),
    decode_tokens_per_s: round(own.decode),
    prefill_ratio: round(own.prefill / first.prefill),
    decode_ratio: round(own.decode / first.decode),
    same_tokens: runs.every(({ tokens }, at) => String(tokens) === String(reference[at]?.tokens)),
  };
}

/** @param {readonly import('./measure/statistics.mjs').Speed[]} runs */
function speedOf(runs) {
  const counted = runs.slice(1);
  return {
    prefill: median(counted.map(({ prefillTokensPerS }) => prefillTokensPerS)),
    decode: median(counted.map(({ decodeTokensPerS }) => decodeTokensPerS)),
  };
}
