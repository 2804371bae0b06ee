/** One conversation in memory, kept in sync with the stored one while this and other tabs change it. */
import { replaced } from '../../core/chat/branches';
import {
  type AnswerTurn,
  type Conversation,
  isBeingWritten,
  endAbandoned,
} from '../../core/chat/conversation';
import type { StoredDocument } from '../../core/documents/document';
import type { DraftAttachment } from '../documents/draft-attachment';
import { merged } from '../../core/history/merge';
import { AppError } from '../../protocol/errors';
import { type SessionStorage, type StoredState, temporaryStorage } from './session-storage';

const liveIntervalMs = 250;
const draftDelayMs = 400;

export class ConversationSession {
  readonly id: string;
  current = $state.raw<Conversation>() as Conversation;
  /** Set while the browser cannot store it; then it is in memory only. */
  error = $state.raw<AppError | null>(null);

  /** The attachments of the next question. */
  attachments = $state.raw<readonly DraftAttachment[]>([]);

  #storage = $state.raw<SessionStorage>() as SessionStorage;
  /** Ended answers that are not stored yet. */
  #endedIds: readonly string[] = [];
  readonly #closed = new AbortController();
  /** The documents of its questions that are not stored yet; all documents if the conversation is temporary. */
  #newDocuments: readonly StoredDocument[] = [];
  /** Answers that another tab is writing; their end is awaited. */
  #awaitedIds: readonly string[] = [];
  #draft = $state('');
  /** The last stored state that this tab knows. */
  #stored: StoredState | null;
  #isOpen = true;
  /** The queue of reads and writes. */
  #tail: Promise<void> = Promise.resolve();
  #isDirty = false;
  #isForgotten = false;
  /** The answer that this tab is writing. */
  #writingId: string | null = null;
  #live: AnswerTurn | null = null;
  #liveSavedAtMs = 0;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(storage: SessionStorage, conversation: Conversation, stored?: StoredState) {
    this.id = conversation.id;
    this.current = conversation;
    this.#storage = storage;
    this.#stored = stored ?? null;
  }

  /** Null if there is none with this id. Answers that no tab is writing any more are marked as unfinished. */
  static async open(storage: SessionStorage, id: string): Promise<ConversationSession | null> {
    const stored = await storage.load(id);
    if (!stored) return null;
    const session = new ConversationSession(storage, stored.conversation, stored);
    session.#draft = stored.draft;
    await session.#settle();
    return session;
  }

  get draft(): string {
    return this.#draft;
  }

  set draft(text: string) {
    if (text === this.#draft) return;
    this.#draft = text;
    clearTimeout(this.#draftTimer);
    this.#draftTimer = setTimeout(() => this.#saveDraft(), draftDelayMs);
  }

  /** True while it is only in memory. */
  get isTemporary(): boolean {
    return this.#storage === temporaryStorage;
  }

  get isEmpty(): boolean {
    return this.current.turns.length === 0;
  }

  /** Changes the conversation and stores it soon. */
  change(next: Conversation): void {
    this.current = next;
    this.#save();
  }

  /** Adds documents, which are stored together with the question that names them. */
  addDocuments(documents: readonly StoredDocument[]): void {
    this.#newDocuments = [...this.#newDocuments, ...documents];
  }

  /** Adds an answer that this tab begins to write or continues; resolves with the function that releases it. */
  async beginWriting(next: Conversation, answerId: string): Promise<() => void> {
    this.#writingId = answerId;
    this.current = next;
    const release = await this.#storage.lockAnswer(answerId);
    // Saves only after the lock is held: a tab that finds the answer in storage must also find the lock.
    this.#save();
    return () => {
      this.#writingId = null;
      // Released only after the end is stored, so that other tabs do not consider the answer lost.
      void this.#enqueue(async () => release());
    };
  }

  /** Sets the next state of the answer. */
  write(answer: AnswerTurn): void {
    this.current = replaced(this.current, answer);
    this.#live = answer;
    if (isBeingWritten(answer)) {
      const nowMs = performance.now();
      if (nowMs - this.#liveSavedAtMs < liveIntervalMs) return;
      this.#liveSavedAtMs = nowMs;
      // The page draws it first.
      setTimeout(() => this.#saveLive());
    } else {
      // `save` reads first, which takes too long for a page that is closing.
      this.#saveLive();
      this.#live = null;
      this.#endedIds = [...this.#endedIds, answer.id];
      this.#save();
    }
  }

  /** Stores pending changes at once, for a page that may be about to close. */
  flush(): void {
    if (this.#live) this.#saveLive();
    if (this.#draftTimer !== undefined) this.#saveDraft();
  }

  /** Tries again to store it after an error. */
  saveAgain(): void {
    this.#save();
  }

  /** Stores a temporary conversation from now on. */
  storeIn(storage: SessionStorage): void {
    this.#storage = storage;
    // The state that this tab knows is not stored anywhere.
    this.#stored = null;
    this.#save();
    this.#saveDraft();
  }

  /** Call it when another conversation is opened. Removes the conversation if it is empty and has no draft. */
  leave(): void {
    this.flush();
    this.#isOpen = false;
    if (this.isEmpty && this.#draft === '' && !this.current.title) {
      void this.#enqueue(async () => {
        if (this.#stored) await this.#storage.remove(this.id);
      });
    }
  }

  /** Call it when the conversation is shown again after `leave`, while its answer was being written. */
  enter(): void {
    this.#isOpen = true;
  }

  /** Call it after the conversation was deleted: it is not stored again. */
  forget(): void {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    this.#isForgotten = true;
    this.close();
  }

  /** Stops following other tabs: the conversation is neither shown nor written any more. */
  close(): void {
    this.#closed.abort();
  }

  /** Another tab has stored it with this revision. */
  applySaved(revision: number): void {
    void this.#enqueue(async () => {
      if (this.#stored?.revision !== revision) await this.#applyStored();
    });
  }

  /** False if it is no longer stored. */
  async readAgain(): Promise<boolean> {
    let isThere = true;
    await this.#enqueue(async () => {
      isThere = await this.#applyStored();
    });
    return isThere;
  }

  /** Another tab has written more of an answer. */
  applyLive(answer: AnswerTurn): void {
    const ours = this.current.turns.find(({ id }) => id === answer.id);
    if (ours && isBeingWritten(ours) && ours.text.length < answer.text.length) {
      this.current = replaced(this.current, answer);
    }
  }

  /** Marks abandoned answers as unfinished, and waits for those that another tab is writing. */
  async #settle(): Promise<void> {
    if (!this.current.turns.some(isBeingWritten)) return;
    const isHeld = await this.#storage.lockedAnswers();
    const now = endAbandoned(this.current, isHeld);
    if (now !== this.current) {
      const left = this.current.turns.filter((turn) => isBeingWritten(turn) && !isHeld(turn.id));
      this.#endedIds = [...this.#endedIds, ...left.map(({ id }) => id)];
      this.change(now);
    }
    for (const { id } of now.turns.filter(isBeingWritten)) {
      if (id === this.#writingId || this.#awaitedIds.includes(id)) continue;
      this.#awaitedIds = [...this.#awaitedIds, id];
      this.#storage.whenReleased(id, this.#closed.signal, () => {
        this.#awaitedIds = this.#awaitedIds.filter((other) => other !== id);
        // If the tab is still open, it has stored the last state before the release.
        void this.readAgain();
      });
    }
  }

  async #applyStored(): Promise<boolean> {
    const theirs = await this.#storage.load(this.id);
    if (!theirs) return false;
    this.current = merged(this.#stored?.conversation ?? null, this.current, theirs.conversation);
    this.#stored = theirs;
    await this.#settle();
    return true;
  }

  #save(): void {
    if (this.#isDirty || this.#isForgotten) return; // the pending save stores everything
    this.#isDirty = true;
    void this.#enqueue(async () => {
      this.#isDirty = false;
      if (this.#isForgotten) return;
      const ours = this.current;
      const endedIds = this.#endedIds;
      const documents = this.#newDocuments;
      const saved = await this.#storage.save(ours, {
        base: this.#stored,
        // The list shows a chat without messages if it has a draft.
        ...(this.isEmpty ? { draft: this.#draft } : {}),
        isOpen: this.#isOpen,
        endedIds,
        ...(documents.length > 0 ? { documents } : {}),
      });
      this.error = null;
      // Answers that ended meanwhile come after these.
      this.#endedIds = this.#endedIds.slice(endedIds.length);
      if (!this.isTemporary) this.#newDocuments = this.#newDocuments.slice(documents.length);
      this.#stored = saved;
      // Keeps changes made meanwhile.
      if (saved.conversation !== ours) {
        this.current = merged(ours, this.current, saved.conversation);
      }
    });
  }

  #saveLive(): void {
    if (!this.#live || this.#isForgotten) return;
    this.#storage.saveLive(this.id, this.#live).catch((cause: unknown) => this.#fail(cause));
  }

  #saveDraft(): void {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    if (this.isEmpty) this.#save();
    // Also for an empty conversation that is stored: `save` reads first, which takes too long for a page that
    // is closing.
    if (!this.isEmpty || this.#stored) {
      this.#storage.saveDraft(this.id, this.#draft).catch((cause: unknown) => this.#fail(cause));
    }
  }

  #enqueue(work: () => Promise<void>): Promise<void> {
    this.#tail = this.#tail.then(work).catch((cause: unknown) => this.#fail(cause));
    return this.#tail;
  }

  #fail(cause: unknown): void {
    const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
    this.error = AppError.from(cause, isFull ? 'chat-storage-full' : 'chat-not-stored');
  }
}
