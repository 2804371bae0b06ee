/** A site's use of the visitor's model: shown while it lasts, paused while the page is hidden, and limited. */
import { spend, type SpentBudget, standing, unspent } from '../../core/embed/site-budget';
import { SiteError } from '../../core/embed/site-error';

export interface SiteUseOptions {
  readonly load: () => SpentBudget;
  readonly save: (spent: SpentBudget) => void;
  readonly nowMs: () => number;
  /** Asks the visitor for more time; false if refused. */
  readonly askMore: () => Promise<boolean>;
}

/** The use stays visible for this long after its end, so that many short uses do not flicker. */
const lingerMs = 2000;

export class SiteUse {
  /** The site uses the model, or has just stopped. */
  isActive = $state(false);

  readonly #options: SiteUseOptions;
  #running = 0;
  #lingering: ReturnType<typeof setTimeout> | undefined;
  #isSeen = false;
  readonly #waiting: (() => void)[] = [];
  /** Aborted when the running request has to pause. */
  #pause = new AbortController();

  constructor(options: SiteUseOptions) {
    this.#options = options;
  }

  /** Tells whether the visitor can see the page and the frame in it. */
  see(isSeen: boolean): void {
    this.#isSeen = isSeen;
    if (!isSeen) return this.#pause.abort();
    for (const wake of this.#waiting.splice(0)) wake();
  }

  begin(): void {
    this.#running += 1;
    clearTimeout(this.#lingering);
    this.isActive = true;
  }

  end(): void {
    this.#running -= 1;
    if (this.#running > 0) return;
    this.#lingering = setTimeout(() => (this.isActive = false), lingerMs);
  }

  /**
   * Waits until the site may use the engine; the returned signal is aborted when it has to pause. Rejects with
   * `budget-spent` if the visitor refuses more time, and when `signal` is aborted.
   */
  async turn(signal: AbortSignal): Promise<AbortSignal> {
    const aborted = abortOf(signal);
    for (;;) {
      signal.throwIfAborted();
      const now = this.#standing;
      if (!this.#isSeen) await Promise.race([this.#becomesSeen(), aborted]);
      else if (now === 'refused') throw new SiteError('budget-spent');
      else if (now === 'ask') await Promise.race([this.#askMore(), aborted]);
      else break;
    }
    if (this.#pause.signal.aborted) this.#pause = new AbortController();
    return this.#pause.signal;
  }

  /** Records time that was spent for the site. */
  spent(ms: number): void {
    const { load, save, nowMs } = this.#options;
    save(spend(load(), ms, nowMs()));
    if (this.#standing !== 'go') this.#pause.abort();
  }

  get #standing() {
    const { load, nowMs } = this.#options;
    return standing(load(), nowMs());
  }

  async #askMore(): Promise<void> {
    const { load, save, askMore } = this.#options;
    save((await askMore()) ? unspent : { ...load(), isRefused: true });
  }

  #becomesSeen(): Promise<void> {
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
