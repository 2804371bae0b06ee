/**
 * Hashes and commits of published models, known at build time: `npm run pin` makes the list, and
 * `CORRAL_MODEL_PINS` names its file. By the id under which a model's weights are stored.
 */
import type { PinnedHashes } from '../../protocol/download';

export interface ModelPin {
  /** The commits that the addresses name in place of a branch; what is absent stays as published. */
  readonly weightsCommit?: string;
  readonly libraryCommit?: string;
  readonly files: PinnedHashes;
}

export type ModelPins = Readonly<Record<string, ModelPin>>;

const isCommit = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{40}$/.test(value);
const isHash = (value: unknown) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);

/** Of the file's parsed text. Throws an Error that says what is wrong: whoever builds has to know. */
export function readModelPins(value: unknown): ModelPins {
  if (typeof value !== 'object' || value === null)
    throw new Error('The list of pins is no object.');
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

/** The address with the commit in place of the branch `main`, as Hugging Face and GitHub have it. */
export function atCommit(address: string, commit: string | undefined): string {
  return commit === undefined ? address : address.replace(/\/main\//, `/${commit}/`);
}
