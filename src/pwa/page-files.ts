/** Keeps a page's files in the cache until the page is closed, whatever version of the app comes meanwhile. */
import { pageLockPrefix } from '../protocol/offline';

/** `scriptUrl` is the page's entry. */
export function keepPageFiles(scriptUrl: string): void {
  void navigator.locks?.request(
    pageLockPrefix + scriptUrl,
    { mode: 'shared' },
    () => new Promise(() => {}),
  );
}
