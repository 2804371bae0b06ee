/** What the browser says about the room for this site's data. */

export interface StorageSpace {
  /** True where the browser keeps the data until the visitor deletes it. */
  readonly persisted: boolean;
  /** Bytes that the browser still offers, by its own guess; null where it does not tell. */
  readonly freeBytes: number | null;
}

export async function readSpace(): Promise<StorageSpace> {
  const [persisted, estimate] = await Promise.all([
    navigator.storage?.persisted?.() ?? false,
    navigator.storage?.estimate?.() ?? {},
  ]);
  const { usage, quota } = estimate;
  const freeBytes = usage === undefined || quota === undefined ? null : quota - usage;
  return { persisted, freeBytes };
}

/** Asks the browser to keep the data; some ask the visitor, others decide by themselves. */
export async function askToPersist(): Promise<void> {
  if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
}
