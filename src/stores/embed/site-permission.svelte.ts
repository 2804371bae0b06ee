/** Whether the site around a frame may use the visitor's model: asked once, remembered, taken back at will. */

import type { SiteQuestion } from '../../protocol/permission-window';

export type { SiteQuestion };

/** The part of `src/storage` that this store needs. */
export interface SitePermissionStorage {
  isAllowed(origin: string): Promise<boolean>;
  allow(origin: string): Promise<void>;
  /** The site uses the model now. */
  noteUse(origin: string): Promise<void>;
  revoke(origin: string): Promise<void>;
  /** Refused in this tab. */
  isRefused(origin: string): boolean;
  refuse(origin: string): void;
  /** A yes is kept beyond the tab. */
  lasts(): boolean;
}

export interface SitePermissionOptions {
  readonly storage: SitePermissionStorage;
  readonly onRevoke: () => void;
  /** Within a click: has the visitor answer in a window of Corral. Rejects if there is none, or no answer. */
  readonly askInWindow: (question: SiteQuestion) => Promise<boolean>;
}

export class SitePermission {
  readonly origin: string;
  /** What the visitor has to answer. */
  asking = $state.raw<SiteQuestion | null>(null);
  allowed = $state(false);

  readonly #storage: SitePermissionStorage;
  readonly #options: SitePermissionOptions;
  #answered: ((allows: boolean) => void) | null = null;
  #request: Promise<boolean> | null = null;
  /** Where the browser stores nothing, an answer holds for as long as the frame. */
  #isAllowedHere = false;

  constructor(origin: string, options: SitePermissionOptions) {
    this.origin = origin;
    this.#storage = options.storage;
    this.#options = options;
  }

  /** Looks at what is remembered; it may have been taken back elsewhere. */
  async look(): Promise<boolean> {
    const stored = await this.#storage.isAllowed(this.origin).catch(() => this.#isAllowedHere);
    this.allowed = stored;
    return stored;
  }

  /** True if the site may; asks the visitor where that is not known. */
  async request(): Promise<boolean> {
    if (await this.look()) {
      void this.#storage.noteUse(this.origin).catch(() => {});
      return true;
    }
    if (this.#storage.isRefused(this.origin)) return false;
    return (this.#request ??= this.#ask('use'));
  }

  /** The site has used as much as it may: true if the visitor gives more. */
  async requestMore(): Promise<boolean> {
    return (this.#request ??= this.#ask('more'));
  }

  async answer(allows: boolean): Promise<void> {
    const [answered, question] = [this.#answered, this.asking];
    if (!answered) return;
    this.#answered = this.#request = this.asking = null;
    if (question?.wants === 'use' && allows) {
      this.allowed = this.#isAllowedHere = true;
      await this.#storage.allow(this.origin).catch(() => {});
    } else if (question?.wants === 'use') this.#storage.refuse(this.origin);
    answered(allows);
  }

  /** For browsers in which the frame cannot tell whether something covers it. */
  async answerInWindow(): Promise<void> {
    const { asking } = this;
    if (!asking) return;
    const allows = await this.#options.askInWindow(asking).catch(() => null);
    if (allows !== null && this.asking === asking) await this.answer(allows);
  }

  async revoke(): Promise<void> {
    this.allowed = this.#isAllowedHere = false;
    this.#options.onRevoke();
    // Whoever stops the site has answered what it still wants.
    const answered = this.#answered;
    this.#answered = this.#request = this.asking = null;
    answered?.(false);
    await this.#storage.revoke(this.origin).catch(() => {});
  }

  #ask(wants: SiteQuestion['wants']): Promise<boolean> {
    this.asking = { wants, lasts: this.#storage.lasts() };
    return new Promise((resolve) => (this.#answered = resolve));
  }
}
