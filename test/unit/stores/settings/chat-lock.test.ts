import { describe, expect, it, vi } from 'vitest';
import { AppError } from '../../../../src/protocol/errors';
import { ChatLock, type LockStorage } from '../../../../src/stores/settings/chat-lock.svelte';

function makeLock({ isAvailable = true } = {}) {
  const calls: string[] = [];
  let stored: string | null = null;
  const storage: LockStorage = {
    isLocked: async () => stored !== null,
    unlock: async (passphrase) => {
      if (stored !== passphrase) throw new AppError('passphrase-wrong');
    },
    setLock: async (passphrase, { onProgress, signal }) => {
      onProgress(1, 2);
      calls.push(`set at ${lock.progress}`);
      await Promise.resolve();
      signal.throwIfAborted();
      stored = passphrase;
    },
    changePassphrase: async (passphrase) => void (stored = passphrase),
    removeLock: async () => void (stored = null),
    deleteLocked: async () => void (stored = null),
  };
  const restart = vi.fn(() => void calls.push('restart'));
  const flush = () => void calls.push('flush');
  const lock = new ChatLock({ storage, isAvailable, flush, restart });
  return { lock, calls, restart, stored: () => stored };
}

const words = 'llama in the corral';

describe('the lock of chats', () => {
  it('stores pending changes, encrypts all chats, and restarts', async () => {
    const { lock, calls, stored } = makeLock();
    await lock.set(words, words);
    expect(calls).toEqual(['flush', 'set at 0.5', 'restart']);
    expect(stored()).toBe(words);
    expect(lock.progress).toBeNull();
  });

  it.each([
    ['short', 'short', 'passphrase-short'],
    [words, `${words}s`, 'passphrases-differ'],
  ])('refuses %s, repeated as %s', async (passphrase, repeated, code) => {
    const { lock, calls } = makeLock();
    await lock.set(passphrase, repeated);
    expect(lock.error?.code).toBe(code);
    expect(calls).toEqual([]);
  });

  it('changes the passphrase without a restart', async () => {
    const { lock, restart, stored } = makeLock();
    await lock.set(words, words);
    await lock.load();
    restart.mockClear();
    await lock.set(`${words}!`, `${words}!`);
    expect(stored()).toBe(`${words}!`);
    expect(lock.hasChanged).toBe(true);
    expect(restart).not.toHaveBeenCalled();
  });

  it('leaves everything unchanged if it is cancelled', async () => {
    const { lock, restart, stored } = makeLock();
    const setting = lock.set(words, words);
    lock.cancel();
    await setting;
    expect(stored()).toBeNull();
    expect(restart).not.toHaveBeenCalled();
    expect(lock.error).toBeNull();
  });

  it('opens only with the right passphrase, and shows an error otherwise', async () => {
    const { lock } = makeLock();
    await lock.set(words, words);
    expect(await lock.unlock('another passphrase')).toBe(false);
    expect(lock.error?.code).toBe('passphrase-wrong');
    expect(await lock.unlock(words)).toBe(true);
    expect(lock.error).toBeNull();
  });

  it('shows an error if the browser does not encrypt', async () => {
    const { lock } = makeLock({ isAvailable: false });
    await lock.set(words, words);
    expect(lock.error?.code).toBe('lock-unavailable');
  });
});
