/** Bookkeeping of one answer: what the KV cache shares with a prompt, and the usage figures. */
import type { Finish } from '../../src/protocol/engine';
import type { GenerationEvent } from './engine';

/** How many tokens two sequences share from their start. */
export function commonPrefix(a: readonly number[], b: readonly number[]): number {
  const length = Math.min(a.length, b.length);
  let at = 0;
  while (at < length && a[at] === b[at]) at += 1;
  return at;
}

/** Starts with prefill; `prefillDone` ends that part, `end` gives the closing event. */
export function usageClock(promptTokens: number, cachedTokens: number) {
  const startMs = performance.now();
  let prefillEndMs: number | null = null;
  let completionTokens = 0;
  return {
    prefillDone() {
      prefillEndMs = performance.now();
    },
    count() {
      completionTokens += 1;
    },
    get completionTokens() {
      return completionTokens;
    },
    end(finish: Finish): GenerationEvent {
      const nowMs = performance.now();
      const decodeStartMs = prefillEndMs ?? nowMs;
      return {
        type: 'end',
        finish,
        usage: {
          promptTokens,
          cachedTokens,
          completionTokens,
          prefillMs: decodeStartMs - startMs,
          decodeMs: nowMs - decodeStartMs,
        },
      };
    },
  };
}
