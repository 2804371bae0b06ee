/**
 * Whether the page that was in this tab before ended without a word: so does a browser that needs its memory,
 * iPhones above all. It opens the page again when somebody looks at it.
 */

const key = 'corral-engine-page';
const lockName = (pageId: string) => `corral-page:${pageId}`;

/** To be asked once, before `watchPageEnd`. */
export async function wasPageEnded(): Promise<boolean> {
  const pageId = read();
  if (pageId === null) return false;
  write(null);
  // A tab that was duplicated has the mark of a page that lives on.
  const { held = [] } = (await navigator.locks?.query()) ?? {};
  return !held.some(({ name }) => name === lockName(pageId));
}

/** Marks the page while it has an engine, which is what takes memory; a page that ends in peace takes the mark off. */
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

/** The session's storage is the tab's own, and outlives its page. */
function read(): string | null {
  try {
    return sessionStorage.getItem(key);
  } catch {
    return null; // nothing is stored, so nothing is said
  }
}

function write(pageId: string | null): void {
  try {
    if (pageId === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, pageId);
  } catch {
    // As above.
  }
}
