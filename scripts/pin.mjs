// `npm run pin -- MODEL [FILE]`: puts the commits and hashes of a published model's files into a list, which
// CORRAL_MODEL_PINS names when the app is built. MODEL is the beginning of its id; all that begin so are pinned.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { runScript, say } from './entry-point.mjs';
import { ForeseenError } from './foreseen-error.mjs';
import { pinModel } from './pin/pin-model.mjs';
import { inProject } from './project.mjs';
import { installDependencies } from './set-up/dependencies.mjs';

await runScript(async () => {
  const [wanted, file = inProject('model-pins.json')] = process.argv.slice(2);
  if (!wanted) {
    throw new ForeseenError('Usage: npm run pin -- MODEL [FILE]', { exitCode: 2 });
  }
  await installDependencies();
  const models = await publishedModels(wanted);
  if (models.size === 0) throw new ForeseenError(`No published model’s id begins with ${wanted}.`);
  const pins = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  for (const [id, addresses] of models) {
    say(`${id}: …`);
    pins[id] = await pinModel(addresses);
  }
  await writeFile(file, `${JSON.stringify(pins, null, 2)}\n`);
  say(`${file}: build with CORRAL_MODEL_PINS=${file}`);
  return 0;
});

/**
 * Those from elsewhere than the app's own folder, by the id of their weights.
 * @param {string} beginning
 */
async function publishedModels(beginning) {
  const { catalogue } = /** @type {typeof import('../src/core/models/catalogue.ts')} */ (
    await sourceOf('models/catalogue.ts')
  );
  /** @type {Map<string, { modelUrl: string, libraryUrl: string }>} */
  const found = new Map();
  for (const model of catalogue) {
    if (model.engine !== 'webllm' || !model.weightsId.startsWith(beginning)) continue;
    const { modelUrl, libraryUrl } = model;
    if (modelUrl && libraryUrl && URL.canParse(modelUrl)) {
      found.set(model.weightsId, { modelUrl, libraryUrl });
    }
  }
  // Of those that are only listed, WebLLM has the addresses.
  const { listedModels } = /** @type {typeof import('../src/core/models/listed.ts')} */ (
    await sourceOf('models/listed.ts')
  );
  const { prebuiltAppConfig } = await import('@mlc-ai/web-llm');
  for (const { base } of Object.values(listedModels)) {
    for (const { model_id: id, model, model_lib: libraryUrl } of prebuiltAppConfig.model_list) {
      const [quantisation] = /q4f(?:16|32)_1(?=-MLC$)/.exec(id) ?? [];
      const weightsId = `${base}-${quantisation}`.toLowerCase();
      if (id !== `${base}-${quantisation}-MLC` || !weightsId.startsWith(beginning)) continue;
      found.set(weightsId, { modelUrl: `${model}/resolve/main/`, libraryUrl });
    }
  }
  return found;
}

/**
 * Vite reads the source, which is TypeScript, as Node 20 does not.
 * @param {string} file Below `src/core`.
 */
async function sourceOf(file) {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inProject('src', 'core', file), {
    configFile: false,
    logLevel: 'warn',
  });
  return module;
}
