/**
 * Seals records with AES-256-GCM. WebCrypto cannot do it: it answers later, and a transaction of IndexedDB ends
 * while it is waited for.
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

  /** Of a value that JSON can hold. A nonce of its own, so that the same text never looks the same twice. */
  seal(key: string, value: unknown): SealedRecord {
    const nonce = crypto.getRandomValues(new Uint8Array(nonceBytes));
    const text = new TextEncoder().encode(JSON.stringify(value));
    return { sealed: this.#cipher(key, nonce).encrypt(text), nonce };
  }

  /** Throws where it was changed, or stood under another key. */
  open(key: string, { sealed, nonce }: SealedRecord): unknown {
    return JSON.parse(new TextDecoder().decode(this.#cipher(key, nonce).decrypt(sealed)));
  }

  /** The key's name is authenticated with the record: no record can be put in the place of another. */
  #cipher(key: string, nonce: Uint8Array) {
    return gcm(this.secret.key, nonce, new TextEncoder().encode(key));
  }
}
