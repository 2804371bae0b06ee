/** How many tokens the parts of prompts are: counted by the engine, off this thread, and kept. */
import { type CountPart, estimatePart } from '../../core/prompt/context-window';
import type { Prompt, PromptPart } from '../../protocol/engine';

type Count = (prompt: Prompt) => Promise<readonly number[]>;

/** A conversation has a few parts for each message; beyond this old ones are forgotten. */
const maxKept = 20_000;

export class TokenCounts {
  readonly #known = new Map<string, number>();
  /** A model's tokens say nothing of another's. */
  #modelId = '';

  forModel(modelId: string): this {
    if (modelId !== this.#modelId) this.#known.clear();
    this.#modelId = modelId;
    return this;
  }

  /** Computes with the counts that are known; `isExact` if no other was needed. */
  estimate<T>(compute: (count: CountPart) => T): { readonly value: T; readonly isExact: boolean } {
    const missing = new Map<string, PromptPart>();
    const value = this.#attempt(compute, missing);
    return { value, isExact: missing.size === 0 };
  }

  /** Computes again and again, and counts what had to be estimated, until nothing had to be. */
  async exact<T>(compute: (count: CountPart) => T, count: Count): Promise<T> {
    for (;;) {
      const missing = new Map<string, PromptPart>();
      const value = this.#attempt(compute, missing);
      if (missing.size === 0) return value;
      const modelId = this.#modelId;
      const counted = await count([...missing.values()]);
      if (modelId !== this.#modelId) continue;
      if (this.#known.size > maxKept) this.#known.clear();
      [...missing.keys()].forEach((key, index) => this.#known.set(key, counted[index]!));
    }
  }

  #attempt<T>(compute: (count: CountPart) => T, missing: Map<string, PromptPart>): T {
    return compute((part) => {
      const key = `${part.type}:${part.text}`;
      const known = this.#known.get(key);
      if (known === undefined) missing.set(key, part);
      return known ?? estimatePart(part);
    });
  }
}
