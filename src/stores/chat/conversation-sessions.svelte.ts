/** Which conversation is shown, and in which one an answer is written: an answer goes on behind the scenes. */
import { type Conversation, emptyConversation } from '../../core/chat/conversation';
import { AppError, assertNever } from '../../protocol/errors';
import { newId } from '../../protocol/new-id';
import type { ConversationChange } from '../../storage/conversation-channel';
import { type KeepingStorage, temporaryStorage } from '../offline/keeping-storage';
import { ConversationSession } from './conversation-session.svelte';

/** The part of `src/storage` that this store needs. */
export interface ConversationStorage extends KeepingStorage {
  /** Of the conversation that was open last. */
  loadCurrentId(): Promise<string | null>;
  saveCurrentId(id: string): Promise<void>;
}

/** Of chats that a page hangs or dies over; `src/storage/openings` is it. */
export interface Openings {
  beginOpening(id: string): void;
  /** It is on the screen. */
  endOpening(id: string): void;
  /** Whether an earlier page began to open it and never came to an end. */
  hungAtOpening(id: string): boolean;
}

export class ConversationSessions {
  shown = $state.raw<ConversationSession>() as ConversationSession;
  /** Null while no answer is written. */
  answering = $state.raw<ConversationSession | null>(null);

  /** Of the conversation that is not opened by itself, since an earlier page hung over it; null for none. */
  hungId = $state<string | null>(null);

  /** Told of a temporary chat with messages that another one has taken the place of. */
  onTemporaryLeft: ((left: ConversationSession) => void) | undefined;

  readonly #storage: ConversationStorage;
  readonly #openings: Openings | undefined;
  /** Counts what was opened, so that a slow answer of the database does not replace a later choice. */
  #opened = 0;
  /** Whose settings the chat after a temporary one takes. */
  #beforeTemporary: Conversation | undefined;

  constructor(storage: ConversationStorage, openings?: Openings) {
    this.#storage = storage;
    this.#openings = openings;
    this.shown = this.#new();
  }

  /** Opens the conversation of that id, or else the one that was open last. */
  async start(id: string | null): Promise<void> {
    try {
      const wanted = id ?? (await this.#storage.loadCurrentId());
      if (wanted !== null && this.#openings?.hungAtOpening(wanted)) {
        this.hungId = wanted;
        return;
      }
      const stored = wanted === null ? null : await this.#read(wanted);
      // A visitor may have been quicker than the database.
      if (!stored || this.#opened > 0 || !this.shown.isEmpty) return;
      if (this.shown.draft !== '') stored.draft = this.shown.draft;
      this.shown = stored;
    } catch (cause) {
      this.shown.error = AppError.from(cause, 'chat-not-stored');
    }
  }

  /** Shows another conversation; false if it is gone. An answer that is being written goes on. */
  async open(id: string): Promise<boolean> {
    const turn = ++this.#opened;
    if (id === this.shown.id) return true;
    const next =
      this.answering?.id === id ? this.answering : await this.#read(id).catch(() => null);
    if (turn === this.#opened && next) {
      this.#show(next);
      // Without it a later visit only begins with another one.
      this.#storage.saveCurrentId(id).catch(() => {});
    }
    return next !== null;
  }

  /** Opens the one that was not opened by itself. */
  openHung(): void {
    if (this.hungId !== null) void this.open(this.hungId);
    this.hungId = null;
  }

  /** What is shown has been drawn. */
  drawn(): void {
    this.#openings?.endOpening(this.shown.id);
  }

  startNew(): void {
    const { shown } = this;
    if (shown.isEmpty && shown.draft === '' && !shown.isTemporary) return;
    this.#opened += 1;
    // Whoever typed settings in a temporary chat did not mean to have them stored.
    const next = this.#new(shown.isTemporary ? this.#beforeTemporary : shown.current);
    this.#show(next);
    next.change(next.current);
  }

  /** Begins a chat that is never stored; what stands in the composer of an empty one moves there. */
  startTemporary(): void {
    this.#opened += 1;
    const { shown } = this;
    this.#beforeTemporary = shown.current;
    const next = this.#new(shown.current, temporaryStorage);
    if (shown.isEmpty) {
      next.draft = shown.draft;
      shown.draft = '';
      next.attachments = shown.attachments.filter(({ state }) => state === 'ready');
      shown.attachments = [];
    }
    this.#show(next);
  }

  /** Stores the temporary chat that is shown, and from now on what is added to it. */
  keepTemporary(): void {
    this.shown.keep(this.#storage);
  }

  /** Shows a temporary chat again that was left. */
  showAgain(temporary: ConversationSession): void {
    this.#opened += 1;
    this.#show(temporary);
  }

  endAnswering(): void {
    if (this.answering !== this.shown) this.answering?.close();
    this.answering = null;
  }

  /** What is in memory of that id: it has to be changed there, not behind its back. */
  sessionOf(id: string): ConversationSession | null {
    return [this.shown, this.answering].find((session) => session?.id === id) ?? null;
  }

  /** Everything is to be deleted: nothing of what is in memory may be stored again. */
  forgetAll(): void {
    this.#opened += 1;
    this.shown.forget();
    this.answering?.forget();
    this.shown = this.#new();
  }

  /** Stores what is not stored yet, for a page that may be about to go. */
  flush(): void {
    this.shown.flush();
    this.answering?.flush();
  }

  /** Follows what other tabs, and other parts of this one, do to what is in memory. */
  onStorageChange(change: ConversationChange): void {
    switch (change.type) {
      case 'saved':
        return this.sessionOf(change.summary.id)?.applySaved(change.summary.revision);
      case 'live':
        return this.sessionOf(change.id)?.applyLive(change.answer);
      case 'removed':
        return this.#forget(change.id);
      case 'replaced-all':
        return void this.#readAgain();
      default:
        assertNever(change);
    }
  }

  /** After an import, or after all was deleted. */
  async #readAgain(): Promise<void> {
    const { shown } = this;
    if (shown.isTemporary) return;
    if (!shown.isEmpty && !(await shown.readAgain())) this.#forget(shown.id);
  }

  #forget(id: string): void {
    // What is being written stays: its next save brings it back.
    if (this.answering?.id === id || this.shown.id !== id) return;
    this.#opened += 1;
    this.shown.forget();
    this.shown = this.#new();
  }

  /** Null if it is gone. */
  async #read(id: string): Promise<ConversationSession | null> {
    this.#openings?.beginOpening(id);
    const session = await ConversationSession.open(this.#storage, id);
    // Nothing of it is drawn.
    if (!session || session.isEmpty) this.#openings?.endOpening(id);
    return session;
  }

  #show(next: ConversationSession): void {
    const { shown } = this;
    this.hungId = null;
    shown.leave();
    if (shown !== this.answering) shown.close();
    next.enter();
    this.shown = next;
    if (shown.isTemporary && !shown.isEmpty) this.onTemporaryLeft?.(shown);
  }

  /** With the settings of another one, for a chat that follows it. */
  #new(like?: Conversation, storage: KeepingStorage = this.#storage): ConversationSession {
    // The new one begins on a day of its own.
    const settings = like && { ...like.settings, today: null };
    const empty = emptyConversation(newId(), Date.now(), settings);
    return new ConversationSession(storage, empty);
  }
}
