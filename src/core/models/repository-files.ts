/** What of a repository's files can be added: GGUF files by their quantisation, or one MLC folder. */
import type { ListedFile, ListedFiles, ModelFacts } from '../../protocol/download';
import { AppError } from '../../protocol/errors';
import { type Capabilities, incompatibility, type Reason } from './choose-engine';
import { asCatalogueModel, type FoundModel, customModel } from './custom-model';
import { isGgufPart } from './picked-files';
import { recommendedLimitBytes } from './context-tokens';
import { ggufLimitBytes } from './model';
import { folderAddress, type RepositoryAddress } from './repository';
import { webLlmModels } from './web-llm-models';

export interface RepositoryChoice {
  readonly found: FoundModel;
  /** Such as `Q4_K_M`, or the file's name where that does not say. */
  readonly quantisation: string;
  readonly sizeBytes: number;
  /** Null while the architecture is not known. */
  readonly memoryBytes: number | null;
  /** Why this device cannot run it. */
  readonly incompatibility: Reason | null;
}

/** From what suits most; larger ones answer little better, smaller ones much worse. */
const preferred = [
  'Q4_K_M',
  'Q4_K_S',
  'Q4_K_L',
  'IQ4_XS',
  'IQ4_NL',
  'Q4_0',
  'Q4_1',
  'Q5_K_M',
  'Q5_K_S',
  'Q5_0',
  'Q5_1',
  'Q6_K',
  'Q3_K_L',
  'Q3_K_M',
  'Q8_0',
  'Q3_K_S',
  'IQ3_M',
  'IQ3_S',
  'IQ3_XS',
  'IQ3_XXS',
  'Q2_K',
  'IQ2_M',
  'IQ2_S',
  'IQ2_XS',
  'IQ2_XXS',
  'F16',
  'BF16',
  'F32',
];

/** Bytes of a weight, of its own or with its share of a scale: `Q4_K_M`, `IQ2_XS`, `BF16`. */
const quantisationForm = /(?:^|[-._])((?:UD[-_])?(?:I?Q|TQ)\d\w*|BF16|F16|F32|MXFP4\w*)$/i;

/** Parts of a model that sees or hears, and what quantising left behind. */
const isNoModel = (path: string) => /mmproj|imatrix/i.test(path);
const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** The smallest first. Throws `repository-empty` where there is nothing that can be added. */
export function ggufFilesOf({ files }: ListedFiles): {
  readonly whole: readonly ListedFile[];
  /** How many models are split into several files. */
  readonly inParts: number;
} {
  const all = files.filter(({ path }) => /\.gguf$/i.test(path) && !isNoModel(path));
  const parts = all.filter(({ path }) => isGgufPart(path));
  return {
    whole: all
      .filter((file) => !parts.includes(file))
      .sort((one, other) => one.sizeBytes - other.sizeBytes),
    inParts: parts.filter(({ path }) => /-00001-of-\d{5}\.gguf$/i.test(path)).length,
  };
}

/** Where one of the files lies, and what it is. */
export function foundFile(
  address: RepositoryAddress,
  repository: ListedFiles,
  { path, sha256 }: ListedFile,
): FoundModel {
  const name = nameOf(path);
  const place = path.split('/').map(encodeURIComponent).join('/');
  const file = new URL(place, folderAddress(address, repository)).href;
  const origin = { kind: 'gguf', name, file } as const;
  const found = { name: name.slice(0, -'.gguf'.length), origin };
  return sha256 === null ? found : { ...found, hashes: { [name]: sha256 } };
}

export function quantisationOf(path: string): string {
  const name = nameOf(path).slice(0, -'.gguf'.length);
  return quantisationForm.exec(name)?.[1]?.toUpperCase() ?? name;
}

/** `facts` are those of one of the files: the others have the same architecture. */
export function ggufChoices(
  address: RepositoryAddress,
  repository: ListedFiles,
  facts: ModelFacts,
  device: Capabilities | null,
): readonly RepositoryChoice[] {
  return ggufFilesOf(repository).whole.map((file) => {
    const found = foundFile(address, repository, file);
    const choice = { found, quantisation: quantisationOf(file.path), sizeBytes: file.sizeBytes };
    try {
      const model = asCatalogueModel(
        customModel(found, { ...facts, sizeBytes: file.sizeBytes }, 'own-'),
        device,
      );
      const reason = device && incompatibility(model, device);
      return { ...choice, memoryBytes: model.memoryBytes, incompatibility: reason };
    } catch (cause) {
      const { code, data } = AppError.from(cause);
      if (code !== 'model-too-large') throw cause;
      const [needBytes, limitBytes] = [Number(data['needBytes']), Number(data['limitBytes'])];
      return {
        ...choice,
        memoryBytes: null,
        incompatibility: { key: 'file-limit', needBytes, limitBytes },
      };
    }
  });
}

/** The one that suits the device; null where none does. */
export function recommendedChoice(
  choices: readonly RepositoryChoice[],
  device: Capabilities | null,
): RepositoryChoice | null {
  const limitBytes = device ? recommendedLimitBytes('wllama', device) : ggufLimitBytes;
  const rank = ({ quantisation }: RepositoryChoice) => {
    const at = preferred.indexOf(quantisation.replace(/^UD[-_]/, '').replace(/_XL$/, '_L'));
    return at < 0 ? preferred.length : at;
  };
  const [best] = choices
    .filter(
      ({ incompatibility: reason, memoryBytes }) => !reason && (memoryBytes ?? 0) <= limitBytes,
    )
    .toSorted((one, other) => rank(one) - rank(other) || one.sizeBytes - other.sizeBytes);
  return best ?? null;
}

/**
 * The repository as an MLC folder, with the library that was typed, that lies in it, or that WebLLM has for it; null
 * where it is none. Throws `library-missing`.
 */
export function foundFolder(
  address: RepositoryAddress,
  repository: ListedFiles,
  typedLibrary: string | null,
): FoundModel | null {
  const { files } = repository;
  const top = new Map(
    files.filter(({ path }) => !path.includes('/')).map((one) => [one.path, one]),
  );
  const index = top.get('tensor-cache.json') ?? top.get('ndarray-cache.json');
  if (!top.has('mlc-chat-config.json') || !index) return null;
  const folder = folderAddress(address, repository);
  const own = [...top.values()].find(({ path }) => path.endsWith('.wasm'));
  const published = webLlmModels.find(({ repositoryUrl }) =>
    repositoryUrl.toLowerCase().endsWith(`/${address.name.toLowerCase()}`),
  );
  const library = typedLibrary ?? (own ? folder + own.path : published?.libraryUrl);
  if (library === undefined) throw new AppError('library-missing');
  const hashes: Record<string, string> = {};
  const know = (name: string, file: ListedFile | undefined) => {
    if (file?.sha256) hashes[name] = file.sha256;
  };
  for (const name of ['mlc-chat-config.json', 'tokenizer.json', 'tokenizer.model']) {
    know(name, top.get(name));
  }
  know('tensor-cache.json', index);
  if (own && library === folder + own.path) know('library.wasm', own);
  const [, name = ''] = address.name.split('/');
  return { name, origin: { kind: 'mlc', folder, library }, hashes };
}
