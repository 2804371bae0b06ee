/** The models that Corral offers. */
import type { ModelOrigin, ModelSource } from '../../protocol/download';
import { AppError } from '../../protocol/errors';
import { mirrored } from './model-hosts';
import { atCommit, type ModelPins } from './model-pins';
import { builtInModel } from './built-in';
import { cria } from './cria';
import { llama2Models } from './llama-2';
import type { CatalogueModel } from './model';

/** In the order in which they are shown; the one that runs everywhere comes first. */
export const catalogue: readonly CatalogueModel[] = [
  builtInModel,
  ...Object.values(llama2Models),
  cria,
];

/** The id under which a model's files are stored. */
export function weightsIdOf(model: CatalogueModel): string {
  return model.engine === 'webllm' ? model.weightsId : model.id;
}

/** Resolves the addresses of models. */
export interface Site {
  /** The app's address, absolute, ending with a slash. */
  readonly baseUrl: string;
  /** A folder that replaces the publishers' hosts; empty for none. */
  readonly mirror: string;
  /** Hashes and commits of published models, known at build time. */
  readonly pins: ModelPins;
}

/**
 * The origin of a model's files: those that the visitor has just picked, or their address. Throws
 * `files-needed` if there is neither.
 */
export function modelSource(
  model: CatalogueModel,
  site: Site,
  picked: ModelOrigin | undefined,
): ModelSource {
  const origin = picked ?? addressOf(model, site);
  const pinned =
    model.engine === 'webllm'
      ? { ...model.pinned, ...(picked ? {} : site.pins[model.weightsId]?.files) }
      : model.file.sha256 === null
        ? {}
        : { [model.file.name]: model.file.sha256 };
  return { ...origin, modelId: weightsIdOf(model), sizeBytes: model.downloadBytes, pinned };
}

/**
 * The host that the visitor must agree to before anything is fetched from it: another host, or the host of a
 * model that the visitor added. Null if no consent is needed.
 */
export function hostToConfirm(
  model: CatalogueModel,
  origin: ModelOrigin,
  { baseUrl }: Site,
): string | null {
  const host = hostAsked(origin);
  return catalogue.includes(model) && host === new URL(baseUrl).host ? null : host;
}

/** The host of a model's files; null if the visitor picked all of them. */
function hostAsked(origin: ModelOrigin): string | null {
  const places = origin.kind === 'mlc' ? [origin.folder, origin.library] : [origin.file];
  const address = places.find((place) => typeof place === 'string');
  return address === undefined ? null : new URL(address).host;
}

/** The host of a catalogue model's weights, with the port if it is unusual. */
export function hostOf(model: CatalogueModel, site: Site): string {
  return hostAsked(addressOf(model, site)) ?? '';
}

function addressOf(model: CatalogueModel, { baseUrl, mirror, pins }: Site): ModelOrigin {
  // A model that the visitor added is not mirrored.
  const usedMirror = catalogue.includes(model) ? mirror : '';
  const absolute = (address: string | null) => {
    if (address === null) throw new AppError('files-needed');
    return mirrored(address, usedMirror, baseUrl);
  };
  if (model.engine === 'wllama') {
    return { kind: 'gguf', name: model.file.name, file: absolute(model.file.url) };
  }
  // A mirror has copies under the publishers' usual paths, without commits.
  const { weightsCommit, libraryCommit } = (usedMirror === '' && pins[model.weightsId]) || {};
  return {
    kind: 'mlc',
    folder: atCommit(absolute(model.modelUrl), weightsCommit),
    library: atCommit(absolute(model.libraryUrl), libraryCommit),
  };
}
