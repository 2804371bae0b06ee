/**
 * Gives each answer its own seed. wllama takes a seed at load; if that is -1, which is llama.cpp's word for any seed,
 * each `samplingInit` takes the time. With this, it takes the request's `n_probs`, which wllama passes on and nothing
 * reads. See docs/decisions/0008-modes.md.
 */
import type { WasmBinary } from './wasm-binary.ts';

/* eslint-disable no-control-regex -- these are bytes, not text */

/** local.get 0; i32.const -1; i32.eq; if; local.get 2; the time in seconds; i64.store32 seed; end */
const takesTime =
  /(\x20\x00\x41\x7f\x46\x04\x40)\x20\x02\x10[\x80-\xff]*[\x00-\x7f]\x44\x00{5}\x40\x8f\x40\xa3\xfc\x06\x3e\x02\xb0\x05\x0b/;
/** local.get 2; i32.load whether there is an `n_probs`; if; local.get 2; local.get 2; i32.load it; i32.store; end */
const passesProbs =
  /\x20\x02\x28\x02\xf4\x0e\x04\x40\x20\x02\x20\x02\x28\x02\x88\x0f\x36\x02\xb8\x05\x0b/;
/** local.get 2; local.get 2; i32.load `n_probs`; i32.store seed; end */
const takesProbs = '\x20\x02\x20\x02\x28\x02\x88\x0f\x36\x02\xb0\x05\x0b';

/** Throws if the file has no such code. */
export function takeSeeds(file: WasmBinary): void {
  const found = file.matching(takesTime);
  const [index] = found;
  if (index === undefined || found.length > 1 || !passesProbs.test(file.code(index))) {
    throw new Error('wllama has changed: it takes its seed in another way.');
  }
  const changed = file
    .code(index)
    .replace(takesTime, (_, condition: string) => condition + takesProbs);
  file.replace(index, Buffer.from(changed, 'latin1'));
}
