/** How many tokens a message takes while it is written: estimated at once, counted when its writer pauses. */
import { estimateTokens } from '../../core/prompt/context-window';

/** By the loaded model's own tokenizer; null if none can count now. */
export type CountText = (text: string) => Promise<number | null>;

/** A writer who stops for so long sees the true figure. */
const pauseMs = 300;

export class DraftCount {
  tokens = $state(0);
  isExact = $state(true);

  readonly #count: CountText;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #updates = 0;

  constructor(count: CountText) {
    this.#count = count;
  }

  update(text: string): void {
    clearTimeout(this.#timer);
    const update = ++this.#updates;
    this.tokens = estimateTokens(text);
    this.isExact = text === '';
    if (this.isExact) return;
    this.#timer = setTimeout(() => {
      void this.#count(text).then((tokens) => {
        if (tokens === null || update !== this.#updates) return;
        this.tokens = tokens;
        this.isExact = true;
      });
    }, pauseMs);
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#updates++;
  }
}
