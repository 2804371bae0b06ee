/** The model that comes with the app. */
import { apache2, type GgufModel, llamaCppSampling } from './model';

const builtInBytes = 98_362_432;

/**
 * Answers within a minute of the first visit on any device; its prompt is short because prefill is slow on the
 * CPU.
 */
export const builtInModel: GgufModel = {
  id: 'smollm2-135m',
  name: 'SmolLM2 135M',
  family: 'built-in',
  engine: 'wllama',
  downloadBytes: builtInBytes,
  memoryBytes: 470_000_000,
  contextTokens: 2048,
  template: 'chatml',
  systemPrompt: 'You are a helpful AI assistant.',
  // With a date in its prompt, it ignores the date and answers worse: docs/decisions/0008-modes.md.
  defaults: { safety: 'balanced', asOf: 'off' },
  sampling: {
    ...llamaCppSampling,
    temperature: 0,
    topP: 0.9,
    repeatPenalty: 1.1,
    maxAnswerTokens: 512,
  },
  licence: apache2,
  file: {
    name: 'SmolLM2-135M-Instruct.Q4_1.gguf',
    url: 'models/SmolLM2-135M-Instruct.Q4_1.gguf',
    sizeBytes: builtInBytes,
    sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  },
};
