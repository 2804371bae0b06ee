/**
 * Models that fold what they have read into one state (recurrent), in some of their layers or in all. That state
 * cannot go back to an earlier token, which an edited question, another answer and the context window need.
 */

/** As llama.cpp and MLC call them. */
const architectures =
  /^(?:mamba|a?rwkv|jamba|bamba|zamba|falcon[-_]?h1|plamo[23]|granite(?:moe)?_?hybrid|lfm2|nemotron_h|qwen3_?next|qwen3_?5|kimi[-_]linear|recurrent_?gemma)/;

/** Of a GGUF's metadata behind the architecture's name: only such layers have them. */
const ggufSizes = /^(?:ssm|wkv|shortconv|kda|token_shift)[._]/;

/** Of an MLC folder's `model_config`. */
const mlcSizes = /^(?:ssm|mamba|linear_(?:conv|num|key|value)|conv_L)_/;

type Fields = Readonly<Record<string, unknown>>;

export function isRecurrentGguf(metadata: Fields): boolean {
  const architecture = String(metadata['general.architecture']);
  const begin = `${architecture}.`;
  const names = Object.keys(metadata).filter((name) => name.startsWith(begin));
  return (
    architectures.test(architecture) ||
    names.some((name) => ggufSizes.test(name.slice(begin.length)))
  );
}

/** Of a parsed `mlc-chat-config.json`. */
export function isRecurrentMlc(config: Fields): boolean {
  const model = config['model_config'];
  const sizes = typeof model === 'object' && model !== null ? Object.keys(model) : [];
  const kinds = (model as { layer_types?: unknown } | null | undefined)?.layer_types;
  return (
    architectures.test(String(config['model_type'])) ||
    sizes.some((name) => mlcSizes.test(name)) ||
    (Array.isArray(kinds) &&
      kinds.some((kind) => !/^(?:full|sliding|chunked)_attention$/.test(String(kind))))
  );
}
