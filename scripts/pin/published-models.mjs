// The published models that can be pinned, and where they lie.
import { inProject } from '../project.mjs';

/**
 * Those from elsewhere than the app's own folder, by the id of their weights.
 * @param {string} beginning
 */
export async function publishedModels(beginning) {
  const { catalogue } = /** @type {typeof import('../../src/core/models/catalogue.ts')} */ (
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
  const { listedModels } = /** @type {typeof import('../../src/core/models/listed.ts')} */ (
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
