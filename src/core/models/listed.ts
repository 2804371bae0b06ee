/**
 * Models of other families that Corral lists. Their addresses and WebLLM's memory figures come from the package's own
 * list (`web-llm-models.ts`); this file has everything else.
 */
import type { ModelShape } from './model-memory';
import { gemmaLicence, llama31Licence, llama32Licence, mit, qwenResearchLicence } from './licences';
import { apache2, type Licence } from './model';

export interface ListedModel {
  readonly name: string;
  /** The name of the model in the package, without the quantisation. */
  readonly base: string;
  readonly licence: Licence;
  readonly parameters: number;
  /** The context length that the model was trained for. */
  readonly trainedTokens: number;
  readonly shape: ModelShape;
}

/** Layers, key-value heads, size of a head, width, width of the feed-forward layer, size of the vocabulary. */
function shape(...sizes: readonly [number, number, number, number, number, number]): ModelShape {
  const [layers, keyValueHeads, headSize, width, feedForward, vocabulary] = sizes;
  return { layers, keyValueHeads, headSize, width, feedForward, vocabulary };
}

const shapes = {
  llama1b: shape(16, 8, 64, 2048, 8192, 128_256),
  llama3b: shape(28, 8, 128, 3072, 8192, 128_256),
  llama8b: shape(32, 8, 128, 4096, 14_336, 128_256),
  qwen05b: shape(24, 2, 64, 896, 4864, 151_936),
  qwen15b: shape(28, 2, 128, 1536, 8960, 151_936),
  qwen3b: shape(36, 2, 128, 2048, 11_008, 151_936),
  qwen7b: shape(28, 4, 128, 3584, 18_944, 152_064),
};

const model = (
  name: string,
  base: string,
  licence: Licence,
  sizes: Pick<ListedModel, 'parameters' | 'trainedTokens' | 'shape'>,
): ListedModel => ({ name, base, licence, ...sizes });

const qwen25 = (size: string, licence: Licence, parameters: number, its: ModelShape) => {
  const sizes = { parameters, trainedTokens: 32_768, shape: its };
  return [
    model(`Qwen 2.5 ${size}`, `Qwen2.5-${size}-Instruct`, licence, sizes),
    model(`Qwen 2.5 Coder ${size}`, `Qwen2.5-Coder-${size}-Instruct`, licence, sizes),
  ] as const;
};
const [qwen25Small, coderSmall] = qwen25('0.5B', apache2, 494e6, shapes.qwen05b);
const [qwen25Middle, coderMiddle] = qwen25('1.5B', apache2, 1.54e9, shapes.qwen15b);
const [qwen25Large, coderLarge] = qwen25('3B', qwenResearchLicence, 3.09e9, shapes.qwen3b);
const [qwen25Seven, coderSeven] = qwen25('7B', apache2, 7.62e9, shapes.qwen7b);

const qwen3 = (size: string, parameters: number, its: ModelShape) =>
  model(`Qwen 3 ${size}`, `Qwen3-${size}`, apache2, {
    parameters,
    trainedTokens: 40_960,
    shape: its,
  });

const llama = { trainedTokens: 131_072 };

/** By the id of the model's description in `src/i18n`. */
export const listedModels = {
  'smollm2-360m': model('SmolLM2 360M', 'SmolLM2-360M-Instruct', apache2, {
    parameters: 362e6,
    trainedTokens: 8192,
    shape: shape(32, 5, 64, 960, 2560, 49_152),
  }),
  'gemma-3-1b': model('Gemma 3 1B', 'gemma3-1b-it', gemmaLicence, {
    parameters: 1e9,
    trainedTokens: 32_768,
    shape: shape(26, 1, 256, 1152, 6912, 262_144),
  }),
  'llama-3.2-1b': model('Llama 3.2 1B', 'Llama-3.2-1B-Instruct', llama32Licence, {
    ...llama,
    parameters: 1.236e9,
    shape: shapes.llama1b,
  }),
  'qwen-2.5-0.5b': qwen25Small,
  'qwen-2.5-coder-0.5b': coderSmall,
  'qwen-3-0.6b': qwen3('0.6B', 596e6, shape(28, 8, 128, 1024, 3072, 151_936)),
  'qwen-2.5-1.5b': qwen25Middle,
  'qwen-2.5-coder-1.5b': coderMiddle,
  'smollm2-1.7b': model('SmolLM2 1.7B', 'SmolLM2-1.7B-Instruct', apache2, {
    parameters: 1.71e9,
    trainedTokens: 8192,
    shape: shape(24, 32, 64, 2048, 8192, 49_152),
  }),
  'qwen-3-1.7b': qwen3('1.7B', 1.72e9, shape(28, 8, 128, 2048, 6144, 151_936)),
  'gemma-2-2b': model('Gemma 2 2B', 'gemma-2-2b-it', gemmaLicence, {
    parameters: 2.61e9,
    trainedTokens: 8192,
    shape: shape(26, 4, 256, 2304, 9216, 256_000),
  }),
  'llama-3.2-3b': model('Llama 3.2 3B', 'Llama-3.2-3B-Instruct', llama32Licence, {
    ...llama,
    parameters: 3.21e9,
    shape: shapes.llama3b,
  }),
  'qwen-2.5-3b': qwen25Large,
  'qwen-2.5-coder-3b': coderLarge,
  'phi-4-mini': model('Phi 4 mini', 'Phi-4-mini-instruct', mit, {
    ...llama,
    parameters: 3.84e9,
    shape: shape(32, 8, 128, 3072, 8192, 200_064),
  }),
  'phi-3.5-mini': model('Phi 3.5 mini', 'Phi-3.5-mini-instruct', mit, {
    ...llama,
    parameters: 3.82e9,
    shape: shape(32, 32, 96, 3072, 8192, 32_064),
  }),
  'qwen-3-4b': qwen3('4B', 4.02e9, shape(36, 8, 128, 2560, 9728, 151_936)),
  'llama-3.1-8b': model('Llama 3.1 8B', 'Llama-3.1-8B-Instruct', llama31Licence, {
    ...llama,
    parameters: 8.03e9,
    shape: shapes.llama8b,
  }),
  'qwen-2.5-7b': qwen25Seven,
  'qwen-2.5-coder-7b': coderSeven,
  'qwen-3-8b': qwen3('8B', 8.19e9, shape(36, 8, 128, 4096, 12_288, 151_936)),
  'r1-qwen-7b': model('DeepSeek R1 Distill Qwen 7B', 'DeepSeek-R1-Distill-Qwen-7B', mit, {
    ...llama,
    parameters: 7.62e9,
    shape: shapes.qwen7b,
  }),
  // Derived from Llama 3.1, with its licence.
  'r1-llama-8b': model(
    'DeepSeek R1 Distill Llama 8B',
    'DeepSeek-R1-Distill-Llama-8B',
    llama31Licence,
    {
      ...llama,
      parameters: 8.03e9,
      shape: shapes.llama8b,
    },
  ),
} as const satisfies Readonly<Record<string, ListedModel>>;

export type ListedId = keyof typeof listedModels;
