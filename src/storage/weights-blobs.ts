/** Detects whether IndexedDB stores Blobs: WebKit's does not in private windows. */
import type { UseStore } from 'idb-keyval';

/** Never visible to others: the same transaction deletes it. */
const probeKey = 'blob-probe';

/** Stores a tiny Blob to find out. Rejects with QuotaExceededError if there is no room. */
export function supportsBlobs(store: UseStore): Promise<boolean> {
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
            // The answer is known, so the transaction need not fail.
            if (!isFull(request.error)) event.preventDefault();
          };
        } catch {
          resolve(false); // DataCloneError
        }
      }),
  );
}

const isFull = (error: DOMException | null) => error?.name === 'QuotaExceededError';
