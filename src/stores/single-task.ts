/** Runs at most one piece of work at a time; callers meanwhile join the running one. */

interface Running {
  readonly promise: Promise<void>;
  readonly controller: AbortController;
}

export class SingleTask {
  #running: Running | null = null;

  /** Starts the work, or joins the running one; resolves or rejects with it. */
  run(work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    this.#running ??= this.#start(work);
    return this.#running.promise;
  }

  cancel(): void {
    this.#running?.controller.abort();
  }

  /** Cancels, and lets the next `run` start at once, even if this one is still ending. */
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
