/** How a model's publisher has its tokens chosen, as its files say; whoever reads it checks it. */
type Json = Readonly<Record<string, unknown>>;

/** As llama.cpp writes them into a GGUF from the model's `generation_config.json`. */
const ggufNames = {
  temperature: 'general.sampling.temp',
  topP: 'general.sampling.top_p',
  topK: 'general.sampling.top_k',
  minP: 'general.sampling.min_p',
  repeatPenalty: 'general.sampling.penalty_repeat',
};

/** Of an `mlc-chat-config.json`, which has them from the same file. */
const mlcNames = {
  temperature: 'temperature',
  topP: 'top_p',
  repeatPenalty: 'repetition_penalty',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
};

export const samplingOfGguf = (metadata: Json) => read(metadata, ggufNames);
export const samplingOfMlc = (config: Json) => read(config, mlcNames);

/** A GGUF has floats of 32 bits: 0.6 comes as 0.6000000238. */
const round = (value: number) => Number(value.toPrecision(6));

function read(values: Json, names: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, key]) => {
      const value = values[key];
      return typeof value === 'number' ? [[name, round(value)]] : [];
    }),
  );
}
