/**
 * The lock of chats: encrypts the stored records with a passphrase. A random key encrypts the records; a key
 * derived from the passphrase (PBKDF2 with SHA-256) encrypts that key. All records change in one transaction: a
 * page that closes in the middle leaves them unchanged.
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

/**
 * The number that OWASP's Password Storage Cheat Sheet of 2023 requires for SHA-256; half a second on a slow
 * phone.
 */
const pbkdf2Rounds = 600_000;

interface StoredLock {
  readonly version: 1;
  readonly id: string;
  readonly salt: Uint8Array<ArrayBuffer>;
  readonly rounds: number;
  readonly nonce: Uint8Array<ArrayBuffer>;
  /** The records' key, encrypted with the passphrase's key. */
  readonly wrapped: ArrayBuffer;
}

export const isLocked = async (): Promise<boolean> => (await readLock()) !== undefined;

function readLock(): Promise<StoredLock | undefined> {
  return records('readonly', (store) =>
    promisifyRequest<StoredLock | undefined>(store.get(lockKey)),
  );
}

/** Opens locked chats for this thread. Rejects with `passphrase-wrong`. */
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
  /** Called with the numbers of converted and of all records. */
  readonly onProgress: (done: number, total: number) => void;
  /** An abort leaves everything as it was. */
  readonly signal: AbortSignal;
}

/** Encrypts all chats. This thread continues to use them; others need the passphrase. */
export async function setLock(passphrase: string, options: ConvertOptions): Promise<void> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const lock = await wrap({ lockId: newId(), key }, passphrase);
  // Set first: from now on no other tab may write unencrypted records.
  markLock(lock.id);
  await convert(new AesRecordCipher({ lockId: lock.id, key }), lock, options).catch(
    (cause: unknown) => {
      markLock(null);
      throw cause;
    },
  );
}

/** Encrypts the records' key again; the records stay. */
export async function changePassphrase(passphrase: string): Promise<void> {
  const cipher = currentCipher();
  if (!cipher) throw new AppError('chats-locked');
  const lock = await wrap(cipher.secret, passphrase);
  await inTransaction('readwrite', async (store) => void store.put(lock, lockKey));
}

/** Decrypts all chats. */
export async function removeLock(options: ConvertOptions): Promise<void> {
  await convert(null, null, options);
  markLock(null);
}

/** Deletes all chats and the lock, for a forgotten passphrase. */
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
  // The same characters can be encoded in several ways.
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey']);
  const derivation = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds };
  const algorithm = { name: 'AES-GCM', length: 256 };
  return crypto.subtle.deriveKey(derivation, material, algorithm, false, ['encrypt', 'decrypt']);
}

/** Rewrites every record with another cipher or none, and stores or deletes the lock. */
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
      // Reads that wait for this transaction use the new cipher.
      useCipher(next);
    });
  } catch (cause) {
    useCipher(before);
    throw cause;
  }
}
