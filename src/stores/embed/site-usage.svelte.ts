/** A site's use of the visitor's model: shown while it lasts, paused while the page is hidden, and limited. */
import { spend, type SpentBudget, budgetState, unspent } from '../../core/embed/site-budget';
import { SiteError } from '../../protocol/site-error';

export interface SiteUsageOptions {
  readonly load: () => SpentBudget;
  readonly save: (spent: SpentBudget) => void;
  readonly nowMs: () => number;
  /** Asks the visitor for more time; false if refused. */
  readonly requestMoreTime: () => Promise<boolean>;
}

/** The use stays visible for this long after its end, so that many short uses do not flicker. */
const hideDelayMs = 2000;

export class SiteUsage {
  /** The site uses the model, or has just stopped. */
  isActive = $state(false);

  readonly #options: SiteUsageOptions;
  #running = 0;
  #hideTimer: ReturnType<typeof setTimeout> | undefined;
  #isVisible = false;
  readonly #waiting: (() => void)[] = [];
  /** Aborted when the running request has to pause. */
  #pause = new AbortController();

  constructor(options: SiteUsageOptions) {
    this.#options = options;
  }

  /** Tells whether the visitor can see the page and the frame in it. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    if (!isVisible) return this.#pause.abort();
    for (const wake of this.#waiting.splice(0)) wake();
  }

  begin(): void {
    this.#running += 1;
    clearTimeout(this.#hideTimer);
    this.isActive = true;
  }

  end(): void {
    this.#running -= 1;
    if (this.#running > 0) return;
    this.#hideTimer = setTimeout(() => (this.isActive = false), hideDelayMs);
  }

  /**
   * Waits until the site may use the engine; the returned signal is aborted when it has to pause. Rejects with
   * `budget-spent` if the visitor refuses more time, and when `signal` is aborted.
   */
  async turn(signal: AbortSignal): Promise<AbortSignal> {
    const aborted = abortOf(signal);
    for (;;) {
      signal.throwIfAborted();
      const now = this.#budgetState;
      if (!this.#isVisible) await Promise.race([this.#whenVisible(), aborted]);
      else if (now === 'refused') throw new SiteError('budget-spent');
      else if (now === 'ask') await Promise.race([this.#requestMoreTime(), aborted]);
      else break;
    }
    if (this.#pause.signal.aborted) this.#pause = new AbortController();
    return this.#pause.signal;
  }

  /** Records time that was spent for the site. */
  spent(ms: number): void {
    const { load, save, nowMs } = this.#options;
    save(spend(load(), ms, nowMs()));
    if (this.#budgetState !== 'go') this.#pause.abort();
  }

  get #budgetState() {
    const { load, nowMs } = this.#options;
    return budgetState(load(), nowMs());
  }

  async #requestMoreTime(): Promise<void> {
    const { load, save, requestMoreTime } = this.#options;
    save((await requestMoreTime()) ? unspent : { ...load(), isRefused: true });
  }

  #whenVisible(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });
  aborted.catch(() => {}); // the waiting callers get the error
  return aborted;
}
