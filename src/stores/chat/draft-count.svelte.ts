/** Counts the tokens of a message while it is written: an estimate at once, the exact number after a pause. */
import { estimateTokens } from '../../core/prompt/context-window';

/** Counts with the loaded model's tokenizer; null if no model is loaded. */
export type CountText = (text: string) => Promise<number | null>;

/** After a pause of this length, the exact number is shown. */
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
