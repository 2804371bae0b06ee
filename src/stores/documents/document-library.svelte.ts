/** The library of documents: its list, and the visitor's actions. Loaded with its dialog. */
import type { Attachment, StoredDocument } from '../../core/documents/document';
import { type LibraryEntry, libraryEntry } from '../../core/documents/library';
import { AppError } from '../../protocol/errors';
import type { ConversationSession } from '../chat/conversation-session.svelte';
import { attachFromLibrary, readFile } from './attaching';
import type { Documents } from './documents.svelte';
import type { DraftAttachment } from './draft-attachment';

/** The part of `src/storage` that this store needs. */
export interface LibraryStorage {
  load(): Promise<readonly LibraryEntry[]>;
  add(entry: LibraryEntry, document: StoredDocument): Promise<void>;
  /** Resolves with its text; null if it was removed already. */
  remove(id: string): Promise<StoredDocument | null>;
}

interface Removed {
  readonly entry: LibraryEntry;
  readonly document: StoredDocument;
}

export class DocumentLibrary {
  /** The newest first; null until they are read. */
  entries = $state.raw<readonly LibraryEntry[] | null>(null);
  /** The files that are being read for it, and those that could not be read. */
  attachments = $state.raw<readonly DraftAttachment[]>([]);
  /** How many files of the last choice have been read; null once all have. */
  adding = $state.raw<{ readonly done: number; readonly total: number } | null>(null);
  /** The last removal, which can be undone. */
  removed = $state.raw<Removed | null>(null);
  /** Why the last change or reading failed. */
  error = $state.raw<AppError | null>(null);

  readonly #toAdd: File[] = [];
  readonly #storage: LibraryStorage;
  readonly #documents: Documents;
  readonly #nowMs: () => number;

  constructor(storage: LibraryStorage, documents: Documents, nowMs: () => number = Date.now) {
    this.#storage = storage;
    this.#documents = documents;
    this.#nowMs = nowMs;
  }

  has(id: string): boolean {
    return this.entries?.some(({ attachment }) => attachment.id === id) ?? false;
  }

  /** Reads the list, also after a change by another tab. */
  load(): Promise<void> {
    return this.#working(() => this.#read());
  }

  /** Adds a document of a chat, or of the next question. */
  add({ id, name }: Pick<Attachment, 'id' | 'name'>): Promise<void> {
    return this.#working(async () => {
      const document = await this.#documents.read(id);
      if (!document) throw new AppError('document-missing', { name });
      await this.#add(libraryEntry(name, document, this.#nowMs()), document);
    });
  }

  /**
   * Reads the files one after the other; `attachments` shows the progress of each, and those that could not be read.
   */
  async addFiles(files: readonly File[]): Promise<void> {
    // A second choice waits for its turn with the rest of the first.
    this.#toAdd.push(...files);
    if (this.adding) return;
    try {
      for (let done = 0; this.#toAdd.length > 0; done += 1) {
        this.adding = { done, total: done + this.#toAdd.length };
        await readFile(this, this.#toAdd.shift()!, this.#documents);
        await this.#addRead();
      }
    } finally {
      this.adding = null;
    }
  }

  /** Files that have been read stay in the library. */
  endAdding(): void {
    this.#toAdd.length = 0;
    for (const { state, key } of this.attachments) if (state === 'reading') this.dismiss(key);
  }

  /** Cancels the reading of a file, or dismisses its error. */
  dismiss(key: string): void {
    const gone = this.attachments.find((one) => one.key === key);
    if (gone?.state === 'reading') gone.cancel();
    this.attachments = this.attachments.filter((one) => one !== gone);
  }

  remove(id: string): Promise<void> {
    return this.#working(async () => {
      const entry = this.entries?.find(({ attachment }) => attachment.id === id);
      const document = await this.#storage.remove(id);
      this.removed = entry && document ? { entry, document } : null;
      await this.#read();
    });
  }

  undo(): Promise<void> {
    return this.#working(async () => {
      if (this.removed) await this.#add(this.removed.entry, this.removed.document);
    });
  }

  /**
   * Attaches them to the next question of a chat. Documents that are gone or have no room are reported beside the
   * question.
   */
  attach(session: Pick<ConversationSession, 'attachments'>, ids: readonly string[]): Promise<void> {
    const chosen = (this.entries ?? []).filter(({ attachment }) => ids.includes(attachment.id));
    const attachments = chosen.map(({ attachment }) => attachment);
    return this.#working(() => attachFromLibrary(session, attachments, this.#documents));
  }

  async #addRead(): Promise<void> {
    for (const one of this.attachments) {
      if (one.state !== 'ready') continue;
      const { key, name, document } = one;
      try {
        await this.#add(libraryEntry(name, document, this.#nowMs()), document);
        this.dismiss(key);
      } catch (cause) {
        const failed = { key, name, state: 'failed', error: libraryError(cause) } as const;
        this.attachments = this.attachments.map((other) => (other.key === key ? failed : other));
      }
    }
  }

  async #add(entry: LibraryEntry, document: StoredDocument): Promise<void> {
    await this.#storage.add(entry, document);
    if (this.removed?.document.id === document.id) this.removed = null;
    await this.#read();
  }

  async #read(): Promise<void> {
    this.entries = await this.#storage.load();
  }

  async #working(work: () => Promise<void>): Promise<void> {
    this.error = null;
    try {
      await work();
    } catch (cause) {
      this.error = libraryError(cause);
    }
  }
}

function libraryError(cause: unknown): AppError {
  const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  return AppError.from(cause, isFull ? 'documents-full' : 'documents-unreadable');
}
