/**
 * Hosts that models may be fetched from, besides the app's own: where Llama 2's weights and libraries are
 * published. None is asked before a visitor chooses a model of theirs. Whoever hosts Corral can allow more
 * at build time, by the environment variable `CORRAL_MODEL_HOSTS` (names, with spaces between them).
 */
export const modelHosts: readonly string[] = [
  'huggingface.co',
  '*.hf.co',
  'raw.githubusercontent.com',
];
