/**
 * WebLLM as a `TokenModel` that decodes one step ahead: a sampled token is added to the KV cache while it is still only
 * on the GPU. So the GPU computes the next step while the token is sent to the page. A token that does not belong to
 * the answer is removed before the next request. See docs/decisions/0030-decode-ahead.md.
 */
import { normalised, type TokenModel } from './generation';
import type { LikelyToken } from './json-sampling';
import type { ExactTokenizer } from './tokenizer';
import type { Tensor } from './webllm-pipeline';
import type { Steps } from './webllm-steps';

/** The used part of `Steps`, so that a test can replace it. */
export type GpuSteps = Pick<Steps, keyof Steps>;

/** `orLost` ends any wait for the GPU when the device is lost: it may never answer. */
export function tokenModel(
  steps: GpuSteps,
  tokenizer: ExactTokenizer,
  orLost: <T>(work: Promise<T>) => Promise<T>,
): TokenModel {
  let logits: Tensor | null = null;
  /** The step ahead, which is not accepted yet: the KV cache holds its token, and these are the logits after it. */
  let ahead: { readonly token: number; readonly logits: Tensor } | null = null;
  const counts = new Map<number, number>();
  let decoder = tokenizer.decoder();
  const { vocabulary } = tokenizer;

  const keepLogits = (next: Tensor) => {
    logits?.dispose();
    logits = next;
  };

  const givenLogits = () => {
    if (!logits) throw new Error('no prompt has been read');
    return logits;
  };

  /** Afterwards the KV cache holds only accepted tokens. */
  const rollBack = () => {
    if (!ahead) return;
    ahead.logits.dispose();
    ahead = null;
    steps.rollBack();
  };

  return {
    contextTokens: steps.contextTokens,
    prefillStepTokens: steps.prefillStepTokens,

    rewind(keepTokens) {
      rollBack();
      if (keepTokens === 0) steps.reset();
      else steps.shortenTo(keepTokens);
      return Promise.resolve();
    },

    async prefill(tokens) {
      rollBack();
      keepLogits(await orLost(steps.prefill(tokens)));
    },

    startSampling(params) {
      rollBack();
      counts.clear();
      steps.startSampling(params);
      decoder = tokenizer.decoder();
      return Promise.resolve();
    },

    async sample({ willAccept }) {
      rollBack();
      const sampled = steps.sample(givenLogits(), counts);
      const next = willAccept && steps.canRunAhead ? steps.forwardAhead(sampled) : null;
      const token = await orLost(sampled.read);
      if (next) ahead = { token, logits: next };
      return steps.stopTokens.includes(token) ? null : { token, text: decoder.add(token) };
    },

    async accept(token) {
      counts.set(token, (counts.get(token) ?? 0) + 1);
      if (ahead?.token === token) {
        keepLogits(ahead.logits);
        ahead = null;
      } else {
        rollBack();
        keepLogits(await orLost(steps.forward(token)));
      }
    },

    async choiceProbabilities(tokens) {
      rollBack();
      const all = await orLost(steps.read(givenLogits()));
      const chosen = tokens.map((token) => all[token] ?? -Infinity);
      const highest = Math.max(...chosen);
      return normalised(chosen.map((logit) => Math.exp(logit - highest)));
    },

    json: vocabulary && {
      vocabulary: () => Promise.resolve(vocabulary()),
      likeliest: async (count) => likeliest(await orLost(steps.read(givenLogits())), count),
    },
  };
}

/** Most likely first. */
function likeliest(logits: Float32Array, count: number): LikelyToken[] {
  const ascending = logits.slice().sort();
  const highest = ascending.at(-1) ?? 0;
  const lowest = ascending.at(-count) ?? -Infinity;
  return [...logits.entries()]
    .filter(([, logit]) => logit >= lowest)
    .sort(([, a], [, b]) => b - a)
    .map(([token, logit]) => ({ token, p: Math.exp(logit - highest) }));
}
