/** One conversation in memory, kept the same as the stored one while this and other tabs change it. */
import { replaced } from '../../core/chat/branches';
import {
  type AnswerTurn,
  type Conversation,
  isBeingWritten,
  settle,
} from '../../core/chat/conversation';
import type { StoredDocument } from '../../core/documents/document';
import type { DraftAttachment } from '../documents/draft-attachment';
import { merged } from '../../core/history/merge';
import { AppError } from '../../protocol/errors';
import {
  type KeepingStorage,
  type StoredState,
  temporaryStorage,
} from '../offline/keeping-storage';

const liveIntervalMs = 250;
const draftDelayMs = 400;

export class ConversationSession {
  readonly id: string;
  current = $state.raw<Conversation>() as Conversation;
  /** Set while the browser refuses to store it; all of it is in memory then. */
  error = $state.raw<AppError | null>(null);

  /** What comes with the next question. */
  attachments = $state.raw<readonly DraftAttachment[]>([]);

  #storage = $state.raw<KeepingStorage>() as KeepingStorage;
  /** Answers whose end is not stored yet. */
  #endedIds: readonly string[] = [];
  readonly #closed = new AbortController();
  /** Of its questions, what is not stored yet; all of a temporary one's. */
  #newDocuments: readonly StoredDocument[] = [];
  /** Answers that another tab writes, and whose end is waited for. */
  #awaitedIds: readonly string[] = [];
  #draft = $state('');
  /** What is stored, as far as this tab knows. */
  #stored: StoredState | null;
  #isOpen = true;
  /** Reading and writing, one after the other. */
  #tail: Promise<void> = Promise.resolve();
  #isDirty = false;
  #isForgotten = false;
  /** The answer that this tab writes. */
  #writingId: string | null = null;
  #live: AnswerTurn | null = null;
  #liveSavedAtMs = 0;
  #draftTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(storage: KeepingStorage, conversation: Conversation, stored?: StoredState) {
    this.id = conversation.id;
    this.current = conversation;
    this.#storage = storage;
    this.#stored = stored ?? null;
  }

  /** Null if there is none of this id. Answers that nobody writes any more are marked unfinished. */
  static async open(storage: KeepingStorage, id: string): Promise<ConversationSession | null> {
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

  /** True while it is in memory alone, and goes with the page. */
  get isTemporary(): boolean {
    return this.#storage === temporaryStorage;
  }

  get isEmpty(): boolean {
    return this.current.turns.length === 0;
  }

  /** Changes it, and stores it soon. */
  change(next: Conversation): void {
    this.current = next;
    this.#save();
  }

  /** They are stored together with the question that names them. */
  addDocuments(documents: readonly StoredDocument[]): void {
    this.#newDocuments = [...this.#newDocuments, ...documents];
  }

  /** Takes an answer that this tab begins to write, or goes on with; calls back what lets it go. */
  async beginWriting(next: Conversation, answerId: string): Promise<() => void> {
    this.#writingId = answerId;
    this.current = next;
    const release = await this.#storage.holdAnswer(answerId);
    // Not before: a tab that finds it in storage must find the lock too.
    this.#save();
    return () => {
      this.#writingId = null;
      // Not before its end is stored: then others need not take it for lost.
      void this.#enqueue(async () => release());
    };
  }

  /** Takes the next state of the answer. */
  write(answer: AnswerTurn): void {
    this.current = replaced(this.current, answer);
    if (isBeingWritten(answer)) {
      this.#live = answer;
      if (performance.now() - this.#liveSavedAtMs >= liveIntervalMs) this.#saveLive();
    } else {
      this.#live = null;
      this.#endedIds = [...this.#endedIds, answer.id];
      this.#save();
    }
  }

  /** Stores what is not stored yet, for a page that may be about to go. */
  flush(): void {
    if (this.#live) this.#saveLive();
    if (this.#draftTimer !== undefined) this.#saveDraft();
  }

  /** Tries again to store it, after an error. */
  saveAgain(): void {
    this.#save();
  }

  /** A temporary one is kept from now on. */
  keep(storage: KeepingStorage): void {
    this.#storage = storage;
    // What this tab knows is not stored anywhere.
    this.#stored = null;
    this.#save();
    this.#saveDraft();
  }

  /** Another one is open now; an empty one without a draft is not worth keeping. */
  leave(): void {
    this.flush();
    this.#isOpen = false;
    if (this.isEmpty && this.#draft === '' && !this.current.title) {
      void this.#enqueue(async () => {
        if (this.#stored) await this.#storage.remove(this.id);
      });
    }
  }

  /** Shown again after `leave`, while it was still being written. */
  enter(): void {
    this.#isOpen = true;
  }

  /** It was deleted: nothing of it is stored any more. */
  forget(): void {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    this.#isForgotten = true;
    this.close();
  }

  /** Stops looking after it: nobody shows or writes it any more. */
  close(): void {
    this.#closed.abort();
  }

  /** Another tab stored it, with that revision. */
  applySaved(revision: number): void {
    void this.#enqueue(async () => {
      if (this.#stored?.revision !== revision) await this.#applyStored();
    });
  }

  /** False if it is not stored any more. */
  async readAgain(): Promise<boolean> {
    let isThere = true;
    await this.#enqueue(async () => {
      isThere = await this.#applyStored();
    });
    return isThere;
  }

  /** Another tab goes on with an answer. */
  applyLive(answer: AnswerTurn): void {
    const ours = this.current.turns.find(({ id }) => id === answer.id);
    if (ours && isBeingWritten(ours) && ours.text.length < answer.text.length) {
      this.current = replaced(this.current, answer);
    }
  }

  /** Marks what nobody writes any more as unfinished, and waits for those that somebody does write. */
  async #settle(): Promise<void> {
    if (!this.current.turns.some(isBeingWritten)) return;
    const isHeld = await this.#storage.heldAnswers();
    const now = settle(this.current, isHeld);
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
        // Its last state has been stored by then, if its tab lived.
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
    if (this.#isDirty || this.#isForgotten) return; // the one that waits will take all of it
    this.#isDirty = true;
    void this.#enqueue(async () => {
      this.#isDirty = false;
      if (this.#isForgotten) return;
      const ours = this.current;
      const endedIds = this.#endedIds;
      const documents = this.#newDocuments;
      const saved = await this.#storage.save(ours, {
        base: this.#stored,
        // The list shows a chat that is only a draft by what was typed.
        ...(this.isEmpty ? { draft: this.#draft } : {}),
        isOpen: this.#isOpen,
        endedIds,
        ...(documents.length > 0 ? { documents } : {}),
      });
      this.error = null;
      // Others that ended meanwhile stand behind them.
      this.#endedIds = this.#endedIds.slice(endedIds.length);
      if (!this.isTemporary) this.#newDocuments = this.#newDocuments.slice(documents.length);
      this.#stored = saved;
      // What changed here in the meantime stays.
      if (saved.conversation !== ours) {
        this.current = merged(ours, this.current, saved.conversation);
      }
    });
  }

  #saveLive(): void {
    if (!this.#live || this.#isForgotten) return;
    this.#liveSavedAtMs = performance.now();
    this.#storage.saveLive(this.id, this.#live).catch((cause: unknown) => this.#fail(cause));
  }

  #saveDraft(): void {
    clearTimeout(this.#draftTimer);
    this.#draftTimer = undefined;
    if (this.isEmpty) this.#save();
    // Also of an empty one that is stored: `save` reads first, for which a page that goes has no time.
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
