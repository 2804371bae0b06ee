/** Top-k and min-p, for an engine that has neither. */
import type { GenerateParams } from '../../src/protocol/engine';

type Limits = Pick<
  GenerateParams,
  'topK' | 'minP' | 'repeatPenalty' | 'frequencyPenalty' | 'presencePenalty'
>;

/** Instead of minus infinity, with which some shaders compute wrongly. */
const impossible = -1e9;

/**
 * The logits, with those that top-k and min-p exclude set to the impossible value. As in llama.cpp, both are
 * applied after the penalties, at temperature 1; the engine applies the penalties itself afterwards. `counts`
 * holds each token's number of occurrences in the answer.
 */
export function masked(
  logits: Float32Array,
  counts: ReadonlyMap<number, number>,
  limits: Limits,
): Float32Array {
  const { topK = 0, minP = 0, repeatPenalty, frequencyPenalty = 0, presencePenalty = 0 } = limits;
  const scores = logits.slice();
  for (const [token, count] of counts) {
    const score = (scores[token] ?? 0) - presencePenalty - count * frequencyPenalty;
    scores[token] = score > 0 ? score / repeatPenalty : score * repeatPenalty;
  }
  let highest = -Infinity;
  for (const score of scores) if (score > highest) highest = score;
  const byShare = minP > 0 ? highest + Math.log(minP) : -Infinity;
  const byRank = topK > 0 && topK < scores.length ? scores.slice().sort().at(-topK)! : -Infinity;
  const lowest = Math.max(byShare, byRank);
  return logits.map((logit, token) => (scores[token]! >= lowest ? logit : impossible));
}
