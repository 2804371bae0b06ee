/** The publisher's sampling parameters in a model's files; unchecked. */
type Json = Readonly<Record<string, unknown>>;

/** The names that llama.cpp gives them in a GGUF, from the model's `generation_config.json`. */
const ggufNames = {
  temperature: 'general.sampling.temp',
  topP: 'general.sampling.top_p',
  topK: 'general.sampling.top_k',
  minP: 'general.sampling.min_p',
  repeatPenalty: 'general.sampling.penalty_repeat',
};

/** The names in an `mlc-chat-config.json`, from the same file. */
const mlcNames = {
  temperature: 'temperature',
  topP: 'top_p',
  repeatPenalty: 'repetition_penalty',
  frequencyPenalty: 'frequency_penalty',
  presencePenalty: 'presence_penalty',
};

export const samplingOfGguf = (metadata: Json) => read(metadata, ggufNames);
export const samplingOfMlc = (config: Json) => read(config, mlcNames);

/** A GGUF has 32-bit floats: 0.6 becomes 0.6000000238. */
const round = (value: number) => Number(value.toPrecision(6));

function read(values: Json, names: Readonly<Record<string, string>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, key]) => {
      const value = values[key];
      return typeof value === 'number' ? [[name, round(value)]] : [];
    }),
  );
}
