/** The list of models that a visitor added: adds to it, and reads it from storage. */
import { isSameContent } from '../same-content';
import { Reading, readOrNull, checked, dictionaryOf } from '../schema';
import { asCatalogueModel, type CustomModel } from './custom-model';
import { isHash } from './model-pins';

const hashesSchema = dictionaryOf(checked<string>(isHash));

/**
 * Adds a model. One with the same file and facts replaces the earlier one and keeps its id; another one of the
 * same name gets a number.
 */
export function withCustomModel(
  models: readonly CustomModel[],
  added: CustomModel,
): readonly CustomModel[] {
  const at = models.findIndex((model) => isSameModel(model, added));
  const earlier = models[at];
  if (earlier) {
    const { id, name, chosen } = earlier;
    return models.with(at, { ...added, id, name, ...(chosen ? { chosen } : {}) });
  }
  const isTaken = (name: string) => models.some((model) => model.name === name);
  let name = added.name;
  for (let count = 2; isTaken(name); count += 1) name = `${added.name} (${count})`;
  return [...models, { ...added, name }];
}

/** The same address means the same model; for a picked file, only its facts can be compared. */
function isSameModel(one: CustomModel, other: CustomModel): boolean {
  const placeOf = ({ from: { hashes: _, ...place } }: CustomModel) => place;
  if (!isSameContent(placeOf(one), placeOf(other))) return false;
  const isFromAddress = one.from.kind === 'gguf' ? one.from.url : one.from.folderUrl;
  return isFromAddress !== null || isSameContent(one.facts, other.facts);
}

/**
 * The stored models that are valid. Engines can write to this storage, so an address that `mayFetch` refuses is
 * removed; the model then counts as one from picked files.
 */
export function readCustomModels(
  stored: unknown,
  mayFetch: (address: string) => boolean,
): readonly CustomModel[] {
  const models = Array.isArray(stored) ? stored.map(withId).filter(isCustomModel) : [];
  const read = (address: unknown) =>
    typeof address === 'string' && mayFetch(address) ? address : null;
  return models.map((model) => {
    const { hashes: stored, ...from } = model.from;
    const hashes = readOrNull(hashesSchema, stored, new Reading(true));
    const known = hashes ? { hashes } : {};
    if (from.kind === 'gguf') return { ...model, from: { ...from, url: read(from.url), ...known } };
    const folderUrl = read(from.folderUrl);
    const isFolder = folderUrl !== null && /^[^?#]*\/$/.test(folderUrl);
    const libraryUrl = read(from.libraryUrl);
    const place = { folderUrl: isFolder ? folderUrl : null, libraryUrl };
    return { ...model, from: { ...from, ...place, ...known } };
  });
}

/** Until 2026-11-28 the id was derived from the name. */
function withId(stored: unknown): unknown {
  const { id, name } = (stored ?? {}) as Partial<CustomModel>;
  if (typeof name !== 'string' || id !== undefined) return stored;
  return { ...(stored as object), id: `own-${name.toLowerCase().replace(/[^a-z0-9]+/g, '-')}` };
}

/** Weights are stored under the id, and it must not be that of one of Corral's own models. */
const ownId = /^own-[\w-]*$/;

function isCustomModel(value: unknown): value is CustomModel {
  const { id, name, facts, from } = (value ?? {}) as Partial<CustomModel>;
  if (
    typeof id !== 'string' ||
    !ownId.test(id) ||
    typeof name !== 'string' ||
    typeof from !== 'object' ||
    typeof facts !== 'object' ||
    typeof facts.template !== 'string'
  ) {
    return false;
  }
  try {
    asCatalogueModel(value as CustomModel);
    return Number.isSafeInteger(facts.sizeBytes);
  } catch {
    return false;
  }
}
