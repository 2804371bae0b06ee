/** The browser's storage space for this site. */

export interface StorageSpace {
  /** True if the browser keeps the data until the visitor deletes it. */
  readonly persisted: boolean;
  /** The browser's estimate of free space in bytes; null if it gives none. */
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

/** Asks the browser to keep the data; some browsers ask the visitor, others decide themselves. */
export async function askToPersist(): Promise<void> {
  if (!(await navigator.storage?.persisted?.())) await navigator.storage?.persist?.();
}
