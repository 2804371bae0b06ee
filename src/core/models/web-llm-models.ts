/**
 * The installed WebLLM's list of published models. The build inserts it here (`vite/web-llm-models.ts`), so that the
 * page does not load WebLLM itself. Without Vite the list is empty.
 */
export interface WebLlmModel {
  /** WebLLM's name of the model, such as `Llama-3.2-1B-Instruct-q4f16_1-MLC`. */
  readonly id: string;
  /** The page of the weights, without a trailing slash. */
  readonly repositoryUrl: string;
  readonly libraryUrl: string;
  /** WebLLM's own figure for weights, KV cache and working memory. */
  readonly gpuMegabytes: number;
  /** The part of that figure for the weights. */
  readonly contextTokens: number;
  readonly gpuFeatures: readonly GPUFeatureName[];
}

export const webLlmModels: readonly WebLlmModel[] = [];
