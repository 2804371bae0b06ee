/** Finds out whether IndexedDB takes Blobs: WebKit's does not in private windows. */
import type { UseStore } from 'idb-keyval';

/** Never seen by others: the transaction that stores it deletes it. */
const probeKey = 'blob-probe';

/** Stores a tiny Blob to find out. Rejects with QuotaExceededError where that is what stops it. */
export function takesBlobs(store: UseStore): Promise<boolean> {
  return store(
    'readwrite',
    (entries) =>
      new Promise<boolean>((resolve, reject) => {
        const { transaction } = entries;
        let isTaken = false;
        transaction.oncomplete = () => resolve(isTaken);
        transaction.onabort = () =>
          isFull(transaction.error) ? reject(transaction.error as DOMException) : resolve(false);
        try {
          const request = entries.put(new Blob(['?']), probeKey);
          request.onsuccess = () => {
            isTaken = true;
            entries.delete(probeKey);
          };
          request.onerror = (event) => {
            // The answer is found, so the transaction may end well.
            if (!isFull(request.error)) event.preventDefault();
          };
        } catch {
          resolve(false); // DataCloneError
        }
      }),
  );
}

const isFull = (error: DOMException | null) => error?.name === 'QuotaExceededError';
