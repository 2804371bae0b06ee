// The probe with scripted stores: each refuses a Blob as some browser does.
import type { UseStore } from 'idb-keyval';
import { describe, expect, it } from 'vitest';
import { supportsBlobs } from '../../src/storage/weights-blobs';

const full = new DOMException('', 'QuotaExceededError');
const unknown = new DOMException('Error preparing Blob/File data', 'UnknownError');

interface Refusal {
  /** The error that `put` throws. */
  readonly thrown?: Error;
  /** The error of the request. */
  readonly request?: DOMException;
  /** The error of the transaction after a successful request; null is an abort without a reason. */
  readonly commit?: DOMException | null;
}

function storeThat(refusal: Refusal) {
  const kept = new Map<IDBValidKey, unknown>();
  const transaction = { error: null as DOMException | null } as IDBTransaction & {
    error: DOMException | null;
  };
  const later = (run: () => void) => setTimeout(run);
  const abort = (error: DOMException | null) => {
    kept.clear();
    transaction.error = error;
    transaction.onabort?.({} as Event);
  };
  const commit = () =>
    'commit' in refusal ? abort(refusal.commit ?? null) : transaction.oncomplete?.({} as Event);
  const entries = {
    transaction,
    put(value: unknown, key: IDBValidKey) {
      if (refusal.thrown) throw refusal.thrown;
      const request = { error: refusal.request ?? null } as IDBRequest;
      later(() => {
        if (!refusal.request) {
          kept.set(key, value);
          request.onsuccess?.({} as Event);
          later(commit);
          return;
        }
        let isHandled = false;
        request.onerror?.({ preventDefault: () => void (isHandled = true) } as Event);
        later(() => (isHandled ? commit() : abort(refusal.request!)));
      });
      return request;
    },
    delete: (key: IDBValidKey) => kept.delete(key),
  };
  const store = ((_mode, run) => Promise.resolve(run(entries as never))) as UseStore;
  return { store, kept };
}

describe('whether IndexedDB takes Blobs', () => {
  it('is found by storing one, which is deleted', async () => {
    const { store, kept } = storeThat({});
    expect(await supportsBlobs(store)).toBe(true);
    expect(kept.size).toBe(0);
  });

  it.each<[string, Refusal]>([
    ['the request fails, as in WebKit’s private windows', { request: unknown }],
    ['the transaction ends without a reason', { commit: null }],
    ['the Blob cannot be cloned', { thrown: new DOMException('', 'DataCloneError') }],
  ])('is no where %s', async (_, refusal) => {
    expect(await supportsBlobs(storeThat(refusal).store)).toBe(false);
  });

  it.each<[string, Refusal]>([
    ['at the request', { request: full }],
    ['when it is committed', { commit: full }],
  ])('is not known where there is no room, %s', async (_, refusal) => {
    await expect(supportsBlobs(storeThat(refusal).store)).rejects.toBe(full);
  });

  it('is unknown if the storage does not open', async () => {
    const closed = new DOMException('', 'InvalidStateError');
    await expect(supportsBlobs(() => Promise.reject(closed))).rejects.toBe(closed);
  });
});
