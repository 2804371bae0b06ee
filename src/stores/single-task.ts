/** Work of which at most one runs; whoever asks for it meanwhile waits for the same. */

interface Running {
  readonly promise: Promise<void>;
  readonly controller: AbortController;
}

export class SingleTask {
  #running: Running | null = null;

  /** Starts the work, or joins what runs; its end is the caller's too. */
  run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running ??= this.#start(work);
    return this.#running.promise;
  }

  cancel(): void {
    this.#running?.controller.abort();
  }

  /** Cancels, and lets the next `run` start at once, while this one still ends. */
  abandon(): void {
    this.cancel();
    this.#running = null;
  }

  #start(work: (signal: AbortSignal) => Promise<void>): Running {
    const controller = new AbortController();
    const promise = work(controller.signal).finally(() => {
      if (this.#running === running) this.#running = null;
    });
    const running = { promise, controller };
    return running;
  }
}
