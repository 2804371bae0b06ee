import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AesRecordCipher } from '../../src/storage/conversation-cipher';

const cipherOf = (fill: number, lockId = 'lock') =>
  new AesRecordCipher({ lockId, key: new Uint8Array(32).fill(fill) });
const chat = { id: 'a', turns: [{ text: 'What is the capital of France?' }] };

describe('a sealed record', () => {
  it('is unchanged after decryption, for any JSON value', () => {
    const cipher = cipherOf(1);
    fc.assert(
      fc.property(fc.string(), fc.jsonValue(), (key, value) => {
        const json = JSON.parse(JSON.stringify(value)) as unknown;
        expect(cipher.open(key, cipher.seal(key, value))).toEqual(json);
      }),
    );
  });

  it('shows nothing of its text, and differs each time', () => {
    const [one, other] = [cipherOf(1).seal('k', chat), cipherOf(1).seal('k', chat)];
    expect(new TextDecoder('latin1').decode(one.sealed)).not.toContain('capital');
    expect(one.sealed).not.toEqual(other.sealed);
  });

  it.each([
    ['under another key', (cipher: AesRecordCipher) => cipher.open('l', cipher.seal('k', chat))],
    ['of another lock', (cipher: AesRecordCipher) => cipherOf(2).open('k', cipher.seal('k', chat))],
    [
      'of which a bit was changed',
      (cipher: AesRecordCipher) => {
        const record = cipher.seal('k', chat);
        record.sealed[3]! ^= 1;
        return cipher.open('k', record);
      },
    ],
    [
      'that was cut short',
      (cipher: AesRecordCipher) => {
        const { sealed, nonce } = cipher.seal('k', chat);
        return cipher.open('k', { sealed: sealed.subarray(0, -1), nonce });
      },
    ],
  ])('is refused %s', (_, open) => {
    expect(() => open(cipherOf(1))).toThrow();
  });
});
