/** Work on many chats, one after the other, of which the visitor sees how far it is, and which can be ended. */

/** Fewer are done before anybody could read how far they are. */
const noticedFrom = 20;

export interface ChangeProgress {
  readonly done: number;
  readonly total: number;
  /** What is done by then stays. Null for what must not be done by half. */
  readonly cancel: (() => void) | null;
}

export class LongChange {
  /** Null while nothing is done, or only with few chats. */
  progress = $state.raw<ChangeProgress | null>(null);

  /** Rejects with the first error of `work`, and leaves out what comes after it. */
  async each<T>(
    items: readonly T[],
    work: (item: T) => Promise<void>,
    { canEnd = true, sizeOf = () => 1 }: { canEnd?: boolean; sizeOf?: (item: T) => number } = {},
  ): Promise<void> {
    let [isEnded, done] = [false, 0];
    const cancel = canEnd ? () => (isEnded = true) : null;
    const total = items.reduce((sum, item) => sum + sizeOf(item), 0);
    try {
      for (const item of items) {
        if (total >= noticedFrom) this.progress = { done, total, cancel };
        await work(item);
        done += sizeOf(item);
        if (isEnded) return;
      }
    } finally {
      this.progress = null;
    }
  }
}
