/** The models that Corral offers. */
import type { ModelOrigin, ModelSource } from '../protocol/download';
import { AppError } from '../protocol/errors';
import { builtInModel } from './models/built-in';
import { cria } from './models/cria';
import { llama2Models } from './models/llama-2';
import type { CatalogueModel } from './models/model';

/** In the order in which they are shown, the one that runs everywhere first. */
export const catalogue: readonly CatalogueModel[] = [
  builtInModel,
  ...Object.values(llama2Models),
  cria,
];

/** Under which id a model's files are stored. */
export function weightsIdOf(model: CatalogueModel): string {
  return model.engine === 'webllm' ? model.weightsId : model.id;
}

/**
 * Where a model's files come from: those that the visitor has just picked, or their address. `baseUrl` is
 * the app's, absolute, with a slash at its end. Throws `files-needed` where there is neither.
 */
export function modelSource(
  model: CatalogueModel,
  baseUrl: string,
  picked: ModelOrigin | undefined,
): ModelSource {
  const origin = picked ?? addressOf(model, baseUrl);
  const pinned =
    model.engine === 'webllm'
      ? model.pinned
      : model.file.sha256 === null
        ? {}
        : { [model.file.name]: model.file.sha256 };
  return { ...origin, modelId: weightsIdOf(model), sizeBytes: model.downloadBytes, pinned };
}

function addressOf(model: CatalogueModel, baseUrl: string): ModelOrigin {
  const absolute = (address: string | null) => {
    if (address === null) throw new AppError('files-needed');
    return new URL(address, baseUrl).href;
  };
  return model.engine === 'webllm'
    ? { kind: 'mlc', folder: absolute(model.modelUrl), library: absolute(model.libraryUrl) }
    : { kind: 'gguf', name: model.file.name, file: absolute(model.file.url) };
}
