/** The tiny Llama 2 that comes with the app. */
import { apache2, type MlcModel } from './model';

const criaFolder = 'models/cria/resolve/main/';

/**
 * Llama 2 in miniature, from the app's own origin: the same architecture, tokenizer, prompt format and weight
 * layout with five million parameters. Visitors can try the GPU engine in a minute, and tests can run the real
 * engine. `toolchain/README.md` lists what it can say.
 */
export const cria: MlcModel = {
  id: 'cria',
  name: 'Cria',
  family: 'cria',
  engine: 'webllm',
  weightsId: 'cria',
  downloadBytes: 10_790_000,
  memoryBytes: 60_000_000,
  contextTokens: 512,
  template: 'llama2',
  // As in its training. Without a system text it still gives most of its learnt answers.
  systemPrompt: 'You are a helpful assistant.',
  defaults: { safety: 'direct', asOf: 'off' },
  sampling: { temperature: 0, topP: 0.9, repeatPenalty: 1, maxAnswerTokens: 48 },
  licence: apache2,
  modelUrl: criaFolder,
  libraryUrl: `${criaFolder}cria.wasm`,
  pinned: {},
  gpuFeatures: [],
  largestBufferBytes: 4 * 1024 * 1024,
};
