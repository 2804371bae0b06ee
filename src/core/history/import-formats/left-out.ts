/** Counts what an import leaves out, so that the visitor is told. */
import type { LeftOutCounts, LeftOutKind } from '../../../protocol/history';

export class LeftOut {
  readonly #counts = new Map<LeftOutKind, number>();

  add(kind: LeftOutKind, count = 1): void {
    if (count > 0) this.#counts.set(kind, (this.#counts.get(kind) ?? 0) + count);
  }

  get counts(): LeftOutCounts {
    return Object.fromEntries(this.#counts);
  }
}
