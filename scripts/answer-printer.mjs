// Prints a growing answer: its text to stdout, the model's state to stderr.
import { say } from './entry-point.mjs';

/** Download progress changes many times a second. */
const progressIntervalMs = 1000;

export class AnswerPrinter {
  #printed = '';
  #latest = '';
  #progress = '';
  #progressAt = 0;

  /** @param {import('./app-page.mjs').AnswerState} state */
  show({ text, progress }) {
    if (text === '') this.#showProgress(progress);
    this.#latest = text;
    // The end may still be redrawn (a list item, a closing mark): prints only text that extends the printed
    // one.
    if (!text.startsWith(this.#printed)) return;
    process.stdout.write(text.slice(this.#printed.length));
    this.#printed = text;
  }

  /** Ends the line; if the final text differs from what was printed, prints it as a whole. */
  end() {
    if (this.#latest !== '') process.stdout.write('\n');
    if (!this.#latest.startsWith(this.#printed)) process.stdout.write(`\n${this.#latest}\n`);
  }

  /** @param {string} progress */
  #showProgress(progress) {
    const nowMs = Date.now();
    if (progress === '' || progress === this.#progress) return;
    if (nowMs - this.#progressAt < progressIntervalMs) return;
    say(progress);
    this.#progress = progress;
    this.#progressAt = nowMs;
  }
}
