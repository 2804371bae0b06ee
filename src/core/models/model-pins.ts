/**
 * Hashes and commits of published models, known at build time: `npm run pin` makes the list, and
 * `CORRAL_MODEL_PINS` names its file. The keys are the ids under which models' weights are stored.
 */
import type { PinnedHashes } from '../../protocol/download';

export interface ModelPin {
  /** The commits that replace the branch in addresses; absent ones leave the address as published. */
  readonly weightsCommit?: string;
  readonly libraryCommit?: string;
  readonly files: PinnedHashes;
}

export type ModelPins = Readonly<Record<string, ModelPin>>;

export const isCommit = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);

/** A SHA-256, in hexadecimal digits. */
export const isHash = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** Reads the file's parsed text. Throws an Error that tells the builder what is wrong. */
export function readModelPins(value: unknown): ModelPins {
  if (typeof value !== 'object' || value === null)
    throw new Error('The list of pins is not an object.');
  for (const [id, pin] of Object.entries(value as Record<string, Partial<ModelPin> | null>)) {
    const { weightsCommit, libraryCommit, files } = pin ?? {};
    const commits = [weightsCommit, libraryCommit].filter((commit) => commit !== undefined);
    if (!commits.every(isCommit)) throw new Error(`The pin of ${id} has no commit of 40 digits.`);
    if (typeof files !== 'object' || !Object.values(files).every(isHash)) {
      throw new Error(`The pin of ${id} has a file without a SHA-256.`);
    }
  }
  return value as ModelPins;
}

/** Replaces the branch `main` by the commit, as Hugging Face and GitHub write it. */
export function atCommit(address: string, commit: string | undefined): string {
  return commit === undefined ? address : address.replace(/\/main\//, `/${commit}/`);
}
