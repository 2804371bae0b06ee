/**
 * Puts WebLLM's list of models into `src/core/models/web-llm-models.ts`: an update of the package brings its
 * addresses, sizes and libraries along. A package without such a list fails the build.
 */
import type { ModelRecord } from '@mlc-ai/web-llm';
import type { Plugin } from 'vite';
import type { WebLlmModel } from '../src/core/models/web-llm-models.ts';

/** Those that chat in text: other kinds have a `model_type`. */
export function readWebLlmModels(records: readonly ModelRecord[]): readonly WebLlmModel[] {
  return records
    .filter(({ model_type: kind = 0 }) => kind === 0)
    .map((record) => ({
      id: record.model_id,
      repositoryUrl: record.model,
      libraryUrl: record.model_lib,
      gpuMegabytes: record.vram_required_MB ?? 0,
      contextTokens: record.overrides?.context_window_size ?? 0,
      // Not all that use 16-bit floats say so.
      gpuFeatures: /-q\df16/.test(record.model_id) ? ['shader-f16'] : [],
    }));
}

export function webLlmModels(): Plugin {
  return {
    name: 'corral-web-llm-models',
    async transform(code, id) {
      if (!id.endsWith('/src/core/models/web-llm-models.ts')) return null;
      const { prebuiltAppConfig } = await import('@mlc-ai/web-llm');
      const models = readWebLlmModels(prebuiltAppConfig.model_list);
      if (models.length === 0) this.error('WebLLM has changed: it lists no models any more.');
      const empty = /webLlmModels\b[^=]*= \[\]/;
      if (!empty.test(code)) this.error('There is no place for the list of models.');
      const list = JSON.stringify(models);
      return { code: code.replace(empty, () => `webLlmModels = ${list}`), map: null };
    },
  };
}
