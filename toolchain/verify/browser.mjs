// Feeds token ids to a compiled library in the real WebLLM, in headless Chromium, on the WebGPU adapter that
// CORRAL_WEBGPU names.
//   node browser.mjs MODEL_FOLDER LIBRARY.wasm STEPS.json LOGITS.bin
// STEPS.json is a list of { ids, isPrefill }, fed one after the other into one KV cache; LOGITS.bin
// gets, for each step, the logits after its last token: float32, vocabulary size a step.
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { chromium } from 'playwright';
import { chromiumOptions } from '../../scripts/chromium-options.mjs';
import { provideBrowser } from '../../scripts/set-up/browser.mjs';
import { has32Lanes } from './lanes.mjs';
import { logitsIn } from './logits.mjs';

const [modelFolder = '', library = '', stepsFile = '', logitsFile = ''] = process.argv.slice(2);
if (logitsFile === '') {
  throw new Error('Usage: node browser.mjs MODEL_FOLDER LIBRARY.wasm STEPS.json LOGITS.bin');
}

const { executablePath } = await provideBrowser();
// On the disk: what has no profile keeps IndexedDB in memory, where a model of true size finds no room.
const profile = await mkdtemp(path.join(tmpdir(), 'corral-verify-'));
const options = chromiumOptions({ executablePath, webGpu: true });
const browser = await chromium.launchPersistentContext(profile, options);
try {
  const steps = JSON.parse(await readFile(stepsFile, 'utf8'));
  const file = (/** @type {string} */ name) =>
    readFile(name === 'library.wasm' ? library : path.join(modelFolder, name));
  const { logits, adapter, ...rest } = await logitsIn(browser, file, steps);
  await writeFile(logitsFile, Buffer.from(new Float32Array(logits.flat()).buffer));
  console.log(JSON.stringify(rest));
  if (!has32Lanes({ ...adapter, features: new Set(adapter.features) })) {
    const { subgroupMinSize: least, subgroupMaxSize: most } = adapter.info;
    console.log(
      `Subgroups of ${least} to ${most} lanes: no adapter for a library with --subgroups.`,
    );
  }
} finally {
  await browser.close();
  await rm(profile, { recursive: true, force: true, maxRetries: 3 });
}
