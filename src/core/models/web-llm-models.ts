/**
 * What the installed WebLLM says of the models that are published for it. The build puts the list here
 * (`vite/web-llm-models.ts`), so that the page does without WebLLM itself; what Vite does not read has none.
 */
export interface WebLlmModel {
  /** WebLLM's name for it, such as `Llama-3.2-1B-Instruct-q4f16_1-MLC`. */
  readonly id: string;
  /** The page of its weights, without a slash at its end. */
  readonly repositoryUrl: string;
  readonly libraryUrl: string;
  /** WebLLM's own figure for weights, KV cache and working memory. */
  readonly gpuMegabytes: number;
  /** Of that figure. */
  readonly contextTokens: number;
  readonly gpuFeatures: readonly GPUFeatureName[];
}

export const webLlmModels: readonly WebLlmModel[] = [];
