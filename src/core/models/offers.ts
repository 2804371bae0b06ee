/** The listed models as this device could run them: which build, how much context, what that takes. */
import { type Site } from './catalogue';
import { type Capabilities, chooseModel, incompatibility, type Reason } from './choose-engine';
import { mirrored } from './model-hosts';
import { layerCacheBytes, modelMemoryBytes } from './model-memory';
import { atCommit } from './model-pins';
import type { FoundModel } from './custom-model';
import { recommendedLimitBytes, contextTokensFor } from './context-tokens';
import { type ListedId, type ListedModel, listedModels } from './listed';
import type { MlcModel } from './model';
import { type WebLlmModel, webLlmModels } from './web-llm-models';

export type Offer = Pick<
  MlcModel,
  | 'engine'
  | 'weightsId'
  | 'downloadBytes'
  | 'memoryBytes'
  | 'contextTokens'
  | 'gpuFeatures'
  | 'largestBufferBytes'
> & {
  readonly id: ListedId;
  readonly listed: ListedModel;
  readonly build: WebLlmModel;
  /** Why this device cannot run it; null when it can, as far as the browser tells. */
  readonly incompatibility: Reason | null;
};

const quantisations = ['q4f16_1', 'q4f32_1'] as const;
type Quantisation = (typeof quantisations)[number];

/** Tokens of one prefill step, as the libraries' names say: `cs1k`. */
const stepTokens = 1024;

/** Tokenizer, configuration and library beside the weights. */
const otherBytes = 20_000_000;

/** WebLLM's build of a listed model; undefined where the package has none. */
export function buildOf({ base }: ListedModel, quantisation: Quantisation) {
  return webLlmModels.find(({ id }) => id === `${base}-${quantisation}-MLC`);
}

export function offersFor(device: Capabilities): readonly Offer[] {
  const { gpu } = device;
  const hasF16 = gpu.state === 'ready' && gpu.features.includes('shader-f16');
  const preferred = hasF16 ? quantisations : quantisations.toReversed();
  return (Object.keys(listedModels) as ListedId[]).flatMap((id) => {
    const listed = listedModels[id];
    const quantisation = preferred.find((one) => buildOf(listed, one));
    return quantisation ? [offer(id, listed, quantisation, device)] : [];
  });
}

function offer(
  id: ListedId,
  listed: ListedModel,
  quantisation: Quantisation,
  device: Capabilities,
): Offer {
  const build = buildOf(listed, quantisation)!;
  const { shape, trainedTokens } = listed;
  const floatBytes = quantisation === 'q4f16_1' ? 2 : 4;
  // 4 bits a weight, and a scale for each 32 of them.
  const bytesOf = (parameters: number) => parameters / 2 + (parameters / 32) * floatBytes;
  const weightsBytes = bytesOf(listed.parameters);
  const use = { engine: 'webllm', shape, floatBytes, stepTokens, trainedTokens } as const;
  const memoryBytes = (contextTokens: number) =>
    modelMemoryBytes(shape, { ...use, weightsBytes, contextTokens });
  // WebLLM counts what its library takes for a moment as well, such as the logits of a whole prefill step.
  const saidBytes = build.gpuMegabytes * 2 ** 20;
  const furtherBytes = Math.max(0, saidBytes - memoryBytes(build.contextTokens));
  const contextTokens = contextTokensFor(
    { ...use, weightsBytes: weightsBytes + furtherBytes },
    device,
  );
  const needs = {
    engine: 'webllm',
    memoryBytes: Math.round(memoryBytes(contextTokens) + furtherBytes),
    gpuFeatures: build.gpuFeatures,
    largestBufferBytes: Math.max(
      (shape.vocabulary * shape.width) / 2,
      layerCacheBytes(shape, { contextTokens, floatBytes }),
    ),
  } as const;
  return {
    id,
    listed,
    build,
    contextTokens,
    ...needs,
    weightsId: `${listed.base}-${quantisation}`.toLowerCase(),
    downloadBytes: Math.round(weightsBytes) + otherBytes,
    incompatibility: incompatibility(needs, device),
  };
}

/**
 * Where it comes from. Nothing of its files is known beforehand, unless whoever hosts Corral has pinned them: then
 * they come by commit, and have to have those hashes.
 */
export function foundOffer({ listed, build, weightsId }: Offer, site: Site): FoundModel {
  const { baseUrl, mirror, pins } = site;
  const pin = Object.hasOwn(pins, weightsId) ? pins[weightsId]! : undefined;
  const place = (address: string, commit?: string) =>
    atCommit(mirrored(address, mirror, baseUrl), mirror === '' ? commit : undefined);
  return {
    name: listed.name,
    origin: {
      kind: 'mlc',
      folder: place(`${build.repositoryUrl}/resolve/main/`, pin?.weightsCommit),
      library: place(build.libraryUrl, pin?.libraryCommit),
    },
    ...(pin ? { hashes: pin.files } : {}),
    isListed: true,
  };
}

/** In which the list is shown; `unfit` are those that the device cannot run. */
export const sizeGroups = ['light', 'middle', 'large', 'unfit'] as const;
export type SizeGroup = (typeof sizeGroups)[number];

/** The first is what phones leave to a page. */
export const groupLimits = { light: 1.5e9, middle: 3e9 };

export function groupOf({ incompatibility: reason, memoryBytes }: Offer): SizeGroup {
  if (reason) return 'unfit';
  if (memoryBytes <= groupLimits.light) return 'light';
  return memoryBytes <= groupLimits.middle ? 'middle' : 'large';
}

/** From the best, for chat in several languages. */
const preferred: readonly ListedId[] = [
  ...(['llama-3.1-8b', 'qwen-3-4b', 'llama-3.2-3b', 'qwen-2.5-1.5b', 'llama-3.2-1b'] as const),
  ...(['gemma-3-1b', 'qwen-2.5-0.5b', 'smollm2-360m'] as const),
];

/** A chat with less soon forgets how it began. */
const minRecommendedTokens = 4096;

/** What suits a device that cannot hold Llama 2 7B; null where it can, or where none of the list can run. */
export function recommendedOffer(device: Capabilities): Offer | null {
  const { recommended } = chooseModel(device);
  if (recommended?.model.family === 'llama-2') return null;
  const limitBytes = recommendedLimitBytes('webllm', device);
  const offers = offersFor(device).filter(
    (offer) =>
      offer.incompatibility === null &&
      offer.memoryBytes <= limitBytes &&
      offer.contextTokens >= minRecommendedTokens,
  );
  return preferred.map((id) => offers.find((offer) => offer.id === id)).find(Boolean) ?? null;
}
