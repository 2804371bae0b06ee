/**
 * Detects that the tab's previous page ended without a `pagehide` event. Browsers, on iPhones above all, end a
 * page that takes too much memory, and load it again when the visitor returns.
 */

const key = 'corral-engine-page';
const lockName = (pageId: string) => `corral-page:${pageId}`;

/** Call it once, before `watchPageEnd`. */
export async function wasPageEnded(): Promise<boolean> {
  const pageId = read();
  if (pageId === null) return false;
  write(null);
  // A duplicated tab copies the mark of a page that is still open.
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return !held.some(({ name }) => name === lockName(pageId));
}

/**
 * Marks the page while it has an engine, which takes the memory; a page that ends normally removes the mark.
 */
export function watchPageEnd(pageId: string): { engineStarted(): void } {
  let hasEngine = false;
  void navigator.locks?.request(lockName(pageId), () => new Promise(() => {}));
  addEventListener('pagehide', () => write(null));
  addEventListener('pageshow', () => {
    if (hasEngine) write(pageId);
  });
  return {
    engineStarted: () => {
      hasEngine = true;
      write(pageId);
    },
  };
}

/** Session storage belongs to the tab and outlives its page. */
function read(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // nothing is stored
  }
}

function write(pageId: string | null): void {
  try {
    if (pageId === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, pageId);
  } catch {
    // Nothing can be stored.
  }
}
