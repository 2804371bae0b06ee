/** Adds up how long an engine computes, and tells of it second by second. */
import type { Usage } from '../../protocol/engine';

const tellMs = 1000;

export class UseMeter {
  readonly #tell: (ms: number) => void;
  #lastMs: number | null = null;
  #countedMs = 0;
  #untoldMs = 0;

  constructor(tell: (ms: number) => void) {
    this.#tell = tell;
  }

  /** The engine gives a sign: before the first one it may have worked for somebody else. */
  tick(): void {
    const nowMs = performance.now();
    if (this.#lastMs !== null) this.#add(nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    if (this.#untoldMs >= tellMs) this.flush();
  }

  /** The engine's own figures, which have the time before its first sign too. */
  end({ prefillMs, decodeMs }: Usage): void {
    this.#add(Math.max(0, prefillMs + decodeMs - this.#countedMs));
  }

  flush(): void {
    if (this.#untoldMs > 0) this.#tell(this.#untoldMs);
    this.#untoldMs = 0;
  }

  #add(ms: number): void {
    this.#countedMs += ms;
    this.#untoldMs += ms;
  }
}
