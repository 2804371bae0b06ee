/** Finds the model at an address that a visitor typed, or the models of a repository on a hub. */
import type { Downloads } from '../../bridge/download-client';
import type { Capabilities } from '../../core/models/choose-engine';
import { type Addresses, readAddress, readAddresses } from '../../core/models/model-address';
import {
  listAddress,
  readRepositoryAddress,
  type RepositoryAddress,
} from '../../core/models/repository';
import {
  foundFile,
  foundFolder,
  ggufChoices,
  ggufFilesOf,
  recommendedChoice,
  type RepositoryChoice,
} from '../../core/models/repository-files';
import type { FoundModel } from '../../core/models/custom-model';
import { AppError } from '../../protocol/errors';

/** GGUF files to choose from. */
export interface RepositoryListing {
  /** Such as `owner/name`. */
  readonly name: string;
  readonly commit: string;
  readonly choices: readonly RepositoryChoice[];
  readonly recommended: RepositoryChoice | null;
  /** Models that are split into several files, which cannot be added. */
  readonly inParts: number;
}

interface Options {
  readonly downloads: Downloads;
  readonly device: Capabilities | null;
  readonly baseUrl: string;
  readonly modelHosts: readonly string[];
}

export interface AddressInput extends Addresses {
  /** The place of a repository. */
  readonly hub: string;
}

/** The time limit for the list of files, and then for the header of a model. */
const listTimeoutMs = 60_000;

/** Rejects with an AppError. */
export async function resolveAddress(
  typed: AddressInput,
  options: Options,
): Promise<FoundModel | RepositoryListing> {
  const { baseUrl, modelHosts } = options;
  const address = readRepositoryAddress(typed.model, typed.hub, baseUrl, modelHosts);
  return address
    ? findInRepository(address, typed.library, options)
    : readAddresses(typed, baseUrl, modelHosts);
}

/** The one model of an MLC folder, or GGUF files. */
async function findInRepository(
  address: RepositoryAddress,
  library: string,
  { downloads, device, baseUrl, modelHosts }: Options,
): Promise<FoundModel | RepositoryListing> {
  const { name } = address;
  const signal = AbortSignal.timeout(listTimeoutMs);
  const repository = await downloads.list(listAddress(address), name, signal);
  const { whole, inParts } = ggufFilesOf(repository);
  const [smallest] = whole;
  if (smallest) {
    // The header of one file describes all of them.
    const { origin } = foundFile(address, repository, smallest);
    const facts = await downloads.inspect(origin, signal);
    const choices = ggufChoices(address, repository, facts, device);
    const recommended = recommendedChoice(choices, device);
    return { name, commit: repository.commit, choices, recommended, inParts };
  }
  const typed = library.trim() === '' ? null : readAddress(library, baseUrl, modelHosts).href;
  const found = foundFolder(address, repository, typed);
  if (found) return found;
  const parts = inParts > 0 ? { parts: inParts } : {};
  throw new AppError('repository-empty', { repository: name, ...parts });
}
