/**
 * The lock of chats: a passphrase seals what is stored of them. A random key seals the records; a key of the
 * passphrase (PBKDF2 with SHA-256) wraps that one. All records change in one transaction: a page that ends in the
 * middle of it leaves them as they were.
 */
import { promisifyRequest } from 'idb-keyval';
import { AppError } from '../protocol/errors';
import type { LockSecret } from '../protocol/history';
import { newId } from '../protocol/new-id';
import {
  currentCipher,
  currentKey,
  inTransaction,
  lockKey,
  readRecord,
  type RecordCipher,
  records,
  useCipher,
} from './conversation-records';
import { markLock } from './lock-mark';
import { AesRecordCipher } from './conversation-cipher';

/** As OWASP's Password Storage Cheat Sheet of 2023 asks for with SHA-256; half a second on a slow phone. */
const pbkdf2Rounds = 600_000;

interface StoredLock {
  readonly version: 1;
  readonly id: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** The records' key, sealed with the passphrase's. */
  readonly wrapped: ArrayBuffer;
}

export const isLocked = async (): Promise<boolean> => (await readLock()) !== undefined;

function readLock(): Promise<StoredLock | undefined> {
  return records('readonly', (store) =>
    promisifyRequest<StoredLock | undefined>(store.get(lockKey)),
  );
}

/** Opens the chats for this thread, if they are locked. Rejects with `passphrase-wrong`. */
export async function unlock(passphrase: string): Promise<void> {
  const lock = await readLock();
  if (!lock) return;
  const wrapping = await wrappingKey(passphrase, lock);
  const key = await crypto.subtle
    .decrypt({ name: 'AES-GCM', iv: lock.nonce }, wrapping, lock.wrapped)
    .catch((cause: unknown) => {
      throw new AppError('passphrase-wrong', {}, { cause });
    });
  useCipher(new AesRecordCipher({ lockId: lock.id, key: new Uint8Array(key) }));
}

export interface ConvertOptions {
  /** Of records, how many there are and how many are done. */
  readonly onProgress: (done: number, total: number) => void;
  /** Leaves all as it was. */
  readonly signal: AbortSignal;
}

/** Seals all chats. This thread goes on with them; others are refused until they have the passphrase. */
export async function setLock(passphrase: string, options: ConvertOptions): Promise<void> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const lock = await wrap({ lockId: newId(), key }, passphrase);
  // Before: from now on no other tab may write anything as it is.
  markLock(lock.id);
  await convert(new AesRecordCipher({ lockId: lock.id, key }), lock, options).catch(
    (cause: unknown) => {
      markLock(null);
      throw cause;
    },
  );
}

/** The records' key stays, and so do the records. */
export async function changePassphrase(passphrase: string): Promise<void> {
  const cipher = currentCipher();
  if (!cipher) throw new AppError('chats-locked');
  const lock = await wrap(cipher.secret, passphrase);
  await inTransaction('readwrite', async (store) => void store.put(lock, lockKey));
}

/** Stores all chats as they are again. */
export async function removeLock(options: ConvertOptions): Promise<void> {
  await convert(null, null, options);
  markLock(null);
}

/** Deletes all chats, which nobody can open without the passphrase, and the lock with them. */
export async function deleteLocked(): Promise<void> {
  await records('readwrite', (store) => promisifyRequest(store.clear()));
  useCipher(null);
  markLock(null);
}

async function wrap({ lockId, key }: LockSecret, passphrase: string): Promise<StoredLock> {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  const nonce = crypto.getRandomValues(new Uint8Array(12));
  const derivation = { salt, rounds: pbkdf2Rounds };
  const wrapping = await wrappingKey(passphrase, derivation);
  const sealing = { name: 'AES-GCM', iv: nonce };
  const wrapped = await crypto.subtle.encrypt(sealing, wrapping, new Uint8Array(key));
  return { version: 1, id: lockId, ...derivation, nonce, wrapped };
}

async function wrappingKey(
  passphrase: string,
  { salt, rounds }: Pick<StoredLock, 'salt' | 'rounds'>,
): Promise<CryptoKey> {
  // The same letters may be typed in several ways.
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const algorithm = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(derivation, material, algorithm, false, ['encrypt', 'decrypt']);
}

/** Writes every record anew, with another cipher or none, and the lock that goes with it. */
async function convert(
  next: RecordCipher | null,
  lock: StoredLock | null,
  { onProgress, signal }: ConvertOptions,
): Promise<void> {
  const before = currentCipher();
  try {
    await inTransaction('readwrite', async (store) => {
      const keys = (await promisifyRequest(store.getAllKeys()))
        .map(String)
        .filter((key) => key !== currentKey && key !== lockKey);
      for (const [at, key] of keys.entries()) {
        signal.throwIfAborted();
        const value = await readRecord(store, key);
        store.put(next ? next.seal(key, value) : value, key);
        onProgress(at + 1, keys.length);
      }
      if (lock) store.put(lock, lockKey);
      else store.delete(lockKey);
      // What waits for this transaction reads with the new one.
      useCipher(next);
    });
  } catch (cause) {
    useCipher(before);
    throw cause;
  }
}
