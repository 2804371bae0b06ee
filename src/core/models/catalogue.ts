/** The models that Corral offers. */
import type { ModelOrigin, ModelSource } from '../../protocol/download';
import { AppError } from '../../protocol/errors';
import { mirrored } from './model-hosts';
import { atCommit, type ModelPins } from './model-pins';
import { builtInModel } from './built-in';
import { cria } from './cria';
import { llama2Models } from './llama-2';
import type { CatalogueModel } from './model';

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

/** Where addresses lead. */
export interface Site {
  /** The app's, absolute, with a slash at its end. */
  readonly baseUrl: string;
  /** A folder in place of the publishers' hosts; empty for none. */
  readonly mirror: string;
  /** What is known of published models since the app was built. */
  readonly pins: ModelPins;
}

/**
 * Where a model's files come from: those that the visitor has just picked, or their address. Throws
 * `files-needed` where there is neither.
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
 * Who is not asked for a model's files before the visitor has agreed to it: another host, or whoever has a model of the
 * visitor's own. Null where nobody has to be agreed to.
 */
export function hostToConfirm(
  model: CatalogueModel,
  origin: ModelOrigin,
  { baseUrl }: Site,
): string | null {
  const host = hostAsked(origin);
  return catalogue.includes(model) && host === new URL(baseUrl).host ? null : host;
}

/** Who would be asked for a model's files; null where the visitor picked all of them. */
function hostAsked(origin: ModelOrigin): string | null {
  const places = origin.kind === 'mlc' ? [origin.folder, origin.library] : [origin.file];
  const address = places.find((place) => typeof place === 'string');
  return address === undefined ? null : new URL(address).host;
}

/** Of the weights of a model in the catalogue; the port too, where it is not the usual one. */
export function hostOf(model: CatalogueModel, site: Site): string {
  return hostAsked(addressOf(model, site)) ?? '';
}

function addressOf(model: CatalogueModel, { baseUrl, mirror, pins }: Site): ModelOrigin {
  // What a visitor added comes from where the visitor said.
  const usedMirror = catalogue.includes(model) ? mirror : '';
  const absolute = (address: string | null) => {
    if (address === null) throw new AppError('files-needed');
    return mirrored(address, usedMirror, baseUrl);
  };
  if (model.engine === 'wllama') {
    return { kind: 'gguf', name: model.file.name, file: absolute(model.file.url) };
  }
  // A mirror has what was copied to it, under the publishers' usual paths.
  const { weightsCommit, libraryCommit } = (usedMirror === '' && pins[model.weightsId]) || {};
  return {
    kind: 'mlc',
    folder: atCommit(absolute(model.modelUrl), weightsCommit),
    library: atCommit(absolute(model.libraryUrl), libraryCommit),
  };
}
