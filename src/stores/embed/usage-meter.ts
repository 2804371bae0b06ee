/** Adds up an engine's computing time and reports it every second. */
import type { Usage } from '../../protocol/engine';

const reportIntervalMs = 1000;

export class UsageMeter {
  readonly #report: (ms: number) => void;
  #lastMs: number | null = null;
  #countedMs = 0;
  #unreportedMs = 0;

  constructor(report: (ms: number) => void) {
    this.#report = report;
  }

  /** Called at each event of the engine. The time before the first event may have been another client's. */
  tick(): void {
    const nowMs = performance.now();
    if (this.#lastMs !== null) this.#add(nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    if (this.#unreportedMs >= reportIntervalMs) this.flush();
  }

  /** Adds the rest of the engine's own times, which include the time before its first event. */
  end({ prefillMs, decodeMs }: Usage): void {
    this.#add(Math.max(0, prefillMs + decodeMs - this.#countedMs));
  }

  flush(): void {
    if (this.#unreportedMs > 0) this.#report(this.#unreportedMs);
    this.#unreportedMs = 0;
  }

  #add(ms: number): void {
    this.#countedMs += ms;
    this.#unreportedMs += ms;
  }
}
