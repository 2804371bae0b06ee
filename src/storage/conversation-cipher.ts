/**
 * Encrypts records with AES-256-GCM. WebCrypto cannot be used: it is asynchronous, and an IndexedDB transaction
 * would end during the wait.
 */
import { gcm } from '@noble/ciphers/aes.js';
import type { LockSecret } from '../protocol/history';
import type { RecordCipher, SealedRecord } from './conversation-records';

const nonceBytes = 12;

export class AesRecordCipher implements RecordCipher {
  readonly secret: LockSecret;

  constructor(secret: LockSecret) {
    this.secret = secret;
  }

  /** Encrypts a JSON value. Each record has its own nonce, so equal texts look different. */
  seal(key: string, value: unknown): SealedRecord {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
    const text = new TextEncoder().encode(JSON.stringify(value));
    return { sealed: this.#cipher(key, nonce).encrypt(text), nonce };
  }

  /** Throws if the record was changed or stored under another key. */
  open(key: string, { sealed, nonce }: SealedRecord): unknown {
    return JSON.parse(new TextDecoder().decode(this.#cipher(key, nonce).decrypt(sealed)));
  }

  /** The key's name is authenticated too, so no record can replace another. */
  #cipher(key: string, nonce: Uint8Array) {
    return gcm(this.secret.key, nonce, new TextEncoder().encode(key));
  }
}
