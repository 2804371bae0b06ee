/** The permission of a frame's site to use the visitor's model: asked once, remembered, and revocable. */

import type { SiteQuestion } from '../../protocol/permission-window';

export type { SiteQuestion };

/** The part of `src/storage` that this store needs. */
export interface SitePermissionStorage {
  isAllowed(origin: string): Promise<boolean>;
  allow(origin: string): Promise<void>;
  /** The site uses the model now. */
  recordUse(origin: string): Promise<void>;
  revoke(origin: string): Promise<void>;
  /** Refused in this tab. */
  isRefused(origin: string): boolean;
  refuse(origin: string): void;
  /** True if a permission lasts longer than the tab. */
  isPersistent(): boolean;
}

export interface SitePermissionOptions {
  readonly storage: SitePermissionStorage;
  readonly onRevoke: () => void;
  /**
   * Must be called within a click: asks the visitor in a Corral window. Rejects if no window opens or there is
   * no answer.
   */
  readonly askInWindow: (question: SiteQuestion) => Promise<boolean>;
}

export class SitePermission {
  readonly origin: string;
  /** The question that waits for the visitor. */
  asking = $state.raw<SiteQuestion | null>(null);
  allowed = $state(false);

  readonly #storage: SitePermissionStorage;
  readonly #options: SitePermissionOptions;
  #answered: ((allows: boolean) => void) | null = null;
  #request: Promise<boolean> | null = null;
  /** Without storage, an answer holds for the life of the frame. */
  #isAllowedHere = false;

  constructor(origin: string, options: SitePermissionOptions) {
    this.origin = origin;
    this.#storage = options.storage;
    this.#options = options;
  }

  /** Reads the stored permission, which may have been revoked elsewhere. */
  async check(): Promise<boolean> {
    const stored = await this.#storage.isAllowed(this.origin).catch(() => this.#isAllowedHere);
    this.allowed = stored;
    return stored;
  }

  /** True if the site may use the model; asks the visitor if that is unknown. */
  async request(): Promise<boolean> {
    if (await this.check()) {
      void this.#storage.recordUse(this.origin).catch(() => {});
      return true;
    }
    if (this.#storage.isRefused(this.origin)) return false;
    return (this.#request ??= this.#ask('use'));
  }

  /** The site has used up its budget: true if the visitor grants more. */
  async requestMore(): Promise<boolean> {
    return (this.#request ??= this.#ask('more'));
  }

  async answer(allows: boolean): Promise<void> {
    const [answered, question] = [this.#answered, this.asking];
    if (!answered) return;
    this.#answered = this.#request = this.asking = null;
    if (question?.kind === 'use' && allows) {
      this.allowed = this.#isAllowedHere = true;
      await this.#storage.allow(this.origin).catch(() => {});
    } else if (question?.kind === 'use') this.#storage.refuse(this.origin);
    answered(allows);
  }

  /** For browsers in which a frame cannot detect that something covers it. */
  async answerInWindow(): Promise<void> {
    const { asking } = this;
    if (!asking) return;
    const allows = await this.#options.askInWindow(asking).catch(() => null);
    if (allows !== null && this.asking === asking) await this.answer(allows);
  }

  async revoke(): Promise<void> {
    this.allowed = this.#isAllowedHere = false;
    this.#options.onRevoke();
    // Revoking also answers open questions with no.
    const answered = this.#answered;
    this.#answered = this.#request = this.asking = null;
    answered?.(false);
    await this.#storage.revoke(this.origin).catch(() => {});
  }

  #ask(kind: SiteQuestion['kind']): Promise<boolean> {
    this.asking = { kind, isPersistent: this.#storage.isPersistent() };
    return new Promise((resolve) => (this.#answered = resolve));
  }
}
