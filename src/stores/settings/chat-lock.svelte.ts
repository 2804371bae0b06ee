/** The lock of the stored chats: its settings, and the passphrase that opens it at the start. */
import { AppError } from '../../protocol/errors';
import type { ConvertOptions } from '../../storage/lock';

/** The part of `src/storage/lock` that this store needs. */
export interface LockStorage {
  isLocked(): Promise<boolean>;
  unlock(passphrase: string): Promise<void>;
  setLock(passphrase: string, options: ConvertOptions): Promise<void>;
  changePassphrase(passphrase: string): Promise<void>;
  removeLock(options: ConvertOptions): Promise<void>;
  deleteLocked(): Promise<void>;
}

/** Shorter ones can be found by trying, even if each attempt is slow. */
export const minPassphraseCharacters = 10;

export interface ChatLockOptions {
  readonly storage: LockStorage;
  /** Whether the browser can encrypt on this page. */
  readonly isAvailable: boolean;
  /** Stores pending changes. */
  readonly flush: () => void;
  /** Reloads the page after a change of the lock, or to lock at once: no decrypted data may stay in memory. */
  readonly restart: () => void;
}

export class ChatLock {
  isLocked = $state(false);
  /** The progress of encryption or decryption, from 0 to 1; null if none is under way. */
  progress = $state<number | null>(null);
  error = $state.raw<AppError | null>(null);
  /** The passphrase was changed. */
  hasChanged = $state(false);

  readonly #options: ChatLockOptions;
  #work: AbortController | null = null;

  constructor(options: ChatLockOptions) {
    this.#options = options;
  }

  get isAvailable(): boolean {
    return this.#options.isAvailable;
  }

  async load(): Promise<void> {
    this.isLocked = await this.#options.storage.isLocked();
  }

  /** Sets the lock, or changes the passphrase of an existing one. */
  async set(passphrase: string, repeated: string): Promise<void> {
    const { storage, flush, restart } = this.#options;
    await this.#working(async (options) => {
      if ([...passphrase].length < minPassphraseCharacters)
        throw new AppError('passphrase-short', { least: minPassphraseCharacters });
      if (passphrase !== repeated) throw new AppError('passphrases-differ');
      if (this.isLocked) {
        await storage.changePassphrase(passphrase);
        this.hasChanged = true;
        return;
      }
      flush();
      await storage.setLock(passphrase, options);
      restart();
    });
  }

  async remove(): Promise<void> {
    const { storage, flush, restart } = this.#options;
    await this.#working(async (options) => {
      flush();
      await storage.removeLock(options);
      restart();
    });
  }

  cancel(): void {
    this.#work?.abort();
  }

  lockNow(): void {
    this.#options.flush();
    this.#options.restart();
  }

  /** True once the chats can be read. */
  async unlock(passphrase: string): Promise<boolean> {
    let isOpen = false;
    await this.#working(async () => {
      await this.#options.storage.unlock(passphrase);
      isOpen = true;
    });
    return isOpen;
  }

  deleteLocked(): Promise<void> {
    return this.#options.storage.deleteLocked();
  }

  async #working(work: (options: ConvertOptions) => Promise<void>): Promise<void> {
    if (this.progress !== null) return;
    this.error = null;
    this.hasChanged = false;
    this.progress = 0;
    const controller = new AbortController();
    this.#work = controller;
    try {
      if (!this.isAvailable) throw new AppError('lock-unavailable');
      await work({
        onProgress: (done, total) => (this.progress = total > 0 ? done / total : 1),
        signal: controller.signal,
      });
    } catch (cause) {
      if (!controller.signal.aborted) this.error = AppError.from(cause, 'chats-unreadable');
    } finally {
      this.progress = null;
    }
  }
}
