/** Token counts of the parts of prompts: counted by the engine, off this thread, and cached. */
import { type CountPart, estimatePart, mostTokens } from '../../core/prompt/context-window';
import { partKey, type Prompt, type PromptPart } from '../../protocol/engine';

type Count = (prompt: Prompt) => Promise<readonly number[]>;

/** A conversation has a few parts for each message; beyond this number old counts are dropped. */
const maxCounts = 20_000;

export class TokenCounts {
  readonly #known = new Map<string, number>();
  /** Another model counts differently. */
  #modelId = '';

  forModel(modelId: string): this {
    if (modelId !== this.#modelId) this.#known.clear();
    this.#modelId = modelId;
    return this;
  }

  /** Computes with cached counts and estimates; `isExact` if no estimate was needed. */
  estimate<T>(compute: (count: CountPart) => T): { readonly value: T; readonly isExact: boolean } {
    const missing = new Map<string, PromptPart>();
    const value = this.#attempt(compute, missing);
    return { value, isExact: missing.size === 0 };
  }

  /** Computes with cached counts, and with the most tokens that the other parts can have. */
  atMost<T>(compute: (count: CountPart) => T): T {
    return compute((part) => this.#known.get(partKey(part)) ?? mostTokens(part));
  }

  /** Repeats the computation, counting what was estimated, until nothing is estimated. */
  async exact<T>(compute: (count: CountPart) => T, count: Count): Promise<T> {
    for (;;) {
      const missing = new Map<string, PromptPart>();
      const value = this.#attempt(compute, missing);
      if (missing.size === 0) return value;
      const modelId = this.#modelId;
      const counted = await count([...missing.values()]);
      if (modelId !== this.#modelId) continue;
      if (this.#known.size > maxCounts) this.#known.clear();
      [...missing.keys()].forEach((key, index) => this.#known.set(key, counted[index]!));
    }
  }

  #attempt<T>(compute: (count: CountPart) => T, missing: Map<string, PromptPart>): T {
    return compute((part) => {
      const key = partKey(part);
      const known = this.#known.get(key);
      if (known === undefined) missing.set(key, part);
      return known ?? estimatePart(part);
    });
  }
}
