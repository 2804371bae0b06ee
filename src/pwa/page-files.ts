/** Keeps a page's files in the cache until the page is closed, even if newer versions of the app are installed. */
import { pageLockPrefix } from '../protocol/offline';

/** `scriptUrl` is the page's entry. */
export function keepPageFiles(scriptUrl: string): void {
  void navigator.locks?.request(
    pageLockPrefix + scriptUrl,
    { mode: 'shared' },
    () => new Promise(() => {}),
  );
}
