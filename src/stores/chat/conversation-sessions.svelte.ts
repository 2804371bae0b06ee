/** The conversation that is shown, and the one in which an answer is written, which may be another. */
import { type Conversation, emptyConversation } from '../../core/chat/conversation';
import { AppError, assertNever } from '../../protocol/errors';
import { newId } from '../../protocol/new-id';
import type { ConversationChange } from '../../storage/conversation-channel';
import { type SessionStorage, temporaryStorage } from './session-storage';
import { ConversationSession } from './conversation-session.svelte';

/** The part of `src/storage` that this store needs. */
export interface ConversationStorage extends SessionStorage {
  /** The id of the conversation that was open last. */
  loadCurrentId(): Promise<string | null>;
  saveCurrentId(id: string): Promise<void>;
}

/** Marks chats that a page hangs or crashes on; implemented by `src/storage/opening-marks`. */
export interface OpeningMarks {
  beginOpening(id: string): void;
  /** The chat is on the screen. */
  endOpening(id: string): void;
  /** Whether an earlier page started to open it and did not finish. */
  hungWhileOpening(id: string): boolean;
}

export class ConversationSessions {
  shown = $state.raw<ConversationSession>() as ConversationSession;
  /** Null while no answer is written. */
  answering = $state.raw<ConversationSession | null>(null);

  /** The conversation that is not opened automatically because an earlier page hung on it; null for none. */
  hungId = $state<string | null>(null);

  /** Called when a temporary chat with messages was replaced by another. */
  onTemporaryLeft: ((left: ConversationSession) => void) | undefined;

  readonly #storage: ConversationStorage;
  readonly #openingMarks: OpeningMarks | undefined;
  /** Counts openings, so that a slow read of the database does not override a later choice. */
  #opened = 0;
  /** The conversation from which the chat after a temporary one gets its settings. */
  #beforeTemporary: Conversation | undefined;

  constructor(storage: ConversationStorage, openingMarks?: OpeningMarks) {
    this.#storage = storage;
    this.#openingMarks = openingMarks;
    this.shown = this.#new();
  }

  /** True while an answer is written in the shown conversation. */
  get isWritingHere(): boolean {
    return this.answering === this.shown;
  }

  /** Opens the conversation with this id, or else the one that was open last. */
  async start(id: string | null): Promise<void> {
    try {
      const wanted = id ?? (await this.#storage.loadCurrentId());
      if (wanted !== null && this.#openingMarks?.hungWhileOpening(wanted)) {
        this.hungId = wanted;
        return;
      }
      const stored = wanted === null ? null : await this.#read(wanted);
      // The visitor may have acted before the database was read.
      if (!stored || this.#opened > 0 || !this.shown.isEmpty) return;
      if (this.shown.draft !== '') stored.draft = this.shown.draft;
      this.shown = stored;
    } catch (cause) {
      this.shown.error = AppError.from(cause, 'chat-not-stored');
    }
  }

  /** Shows another conversation; false if it is gone. A running answer continues. */
  async open(id: string): Promise<boolean> {
    const turn = ++this.#opened;
    if (id === this.shown.id) return true;
    const next =
      this.answering?.id === id ? this.answering : await this.#read(id).catch(() => null);
    if (turn === this.#opened && next) {
      this.#show(next);
      // If this fails, the next visit opens another conversation.
      this.#storage.saveCurrentId(id).catch(() => {});
    }
    return next !== null;
  }

  /** Opens the conversation that was not opened automatically. */
  openHung(): void {
    if (this.hungId !== null) void this.open(this.hungId);
    this.hungId = null;
  }

  /** The shown conversation has been drawn. */
  drawn(): void {
    this.#openingMarks?.endOpening(this.shown.id);
  }

  startNew(): void {
    const { shown } = this;
    if (shown.isEmpty && shown.draft === '' && !shown.isTemporary) return;
    this.#opened += 1;
    // Settings made in a temporary chat must not be stored.
    const next = this.#new(shown.isTemporary ? this.#beforeTemporary : shown.current);
    this.#show(next);
    next.change(next.current);
  }

  /** Starts a chat that is never stored; the draft of an empty one moves there. */
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

  /** Stores the shown temporary chat from now on. */
  keepTemporary(): void {
    this.shown.storeIn(this.#storage);
  }

  /** Shows a temporary chat again after it was left. */
  showAgain(temporary: ConversationSession): void {
    this.#opened += 1;
    this.#show(temporary);
  }

  endAnswering(): void {
    if (this.answering !== this.shown) this.answering?.close();
    this.answering = null;
  }

  /** The session in memory with this id: changes must go through it, not directly to storage. */
  sessionOf(id: string): ConversationSession | null {
    return [this.shown, this.answering].find((session) => session?.id === id) ?? null;
  }

  /** Call it when everything is deleted: nothing in memory may be stored again. */
  forgetAll(): void {
    this.#opened += 1;
    this.shown.forget();
    this.answering?.forget();
    this.shown = this.#new();
  }

  /** Stores pending changes at once, for a page that may be about to close. */
  flush(): void {
    this.shown.flush();
    this.answering?.flush();
  }

  /** Applies changes by other tabs, and by other parts of this one, to the sessions in memory. */
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

  /** After an import, or after everything was deleted. */
  async #readAgain(): Promise<void> {
    const { shown } = this;
    if (shown.isTemporary) return;
    if (!shown.isEmpty && !(await shown.readAgain())) this.#forget(shown.id);
  }

  #forget(id: string): void {
    // An answer being written keeps its conversation: the next save stores it again.
    if (this.answering?.id === id || this.shown.id !== id) return;
    this.#opened += 1;
    this.shown.forget();
    this.shown = this.#new();
  }

  /** Null if it is gone. */
  async #read(id: string): Promise<ConversationSession | null> {
    this.#openingMarks?.beginOpening(id);
    const session = await ConversationSession.open(this.#storage, id);
    if (!session || session.isEmpty) this.#openingMarks?.endOpening(id);
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

  /** An empty session with the settings of another one. */
  #new(like?: Conversation, storage: SessionStorage = this.#storage): ConversationSession {
    // The new chat gets its own date for "today".
    const settings = like && { ...like.settings, today: null };
    const empty = emptyConversation(newId(), Date.now(), settings);
    return new ConversationSession(storage, empty);
  }
}
