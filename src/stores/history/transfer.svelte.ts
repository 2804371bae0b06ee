/** Exports and imports conversations, and deletes all data. */
import { asMarkdown, type MarkdownLabels } from '../../core/history/markdown-export';
import { attributionNotices, noticesOf } from '../../core/attribution';
import type { Conversation } from '../../core/chat/conversation';
import type { StoredDocument } from '../../core/documents/document';
import { documentsIn } from '../../core/history/conversation-summary';
import { exportFile } from '../../core/history/export-file';
import { AppError } from '../../protocol/errors';
import type { ImportFacts, OnConflict } from '../../protocol/history';
import type { AskOptions, HistoryClient } from '../../bridge/history-client';
import type { Models } from '../models/models.svelte';
import type { ConversationSessions } from '../chat/conversation-sessions.svelte';

export interface TransferOptions {
  readonly sessions: ConversationSessions;
  readonly client: HistoryClient;
  readonly models: Models;
  readonly storage: {
    load(id: string): Promise<{ readonly conversation: Conversation } | null>;
    loadDocument(id: string): Promise<StoredDocument | null>;
    /** Whether the visitor keeps documents for any chat. */
    hasLibrary(): Promise<boolean>;
    clearConversations(): Promise<void>;
    clearSettings(): Promise<void>;
    /** Incomplete downloads too. */
    clearWeights(): Promise<void>;
  };
}

/** Null while no import is running. `asking`: some conversations are stored already with other content. */
export type ImportState =
  | null
  | { readonly phase: 'working'; readonly progress01: number; readonly cancel: () => void }
  | { readonly phase: 'asking'; readonly facts: ImportFacts; readonly file: Blob }
  | { readonly phase: 'done'; readonly stored: number; readonly facts: ImportFacts }
  | { readonly phase: 'failed'; readonly error: AppError };

interface ExportChoice {
  /** Absent for all conversations. */
  readonly ids?: readonly string[];
  readonly withDocuments?: boolean;
}

export class Transfer {
  importing = $state.raw<ImportState>(null);
  /** An export that takes a while. */
  exporting = $state.raw<{ readonly progress01: number; readonly cancel: () => void } | null>(null);
  /** An export can have the library's documents. As of the last look. */
  hasLibrary = $state(false);
  /** Why the last export failed. */
  exportError = $state.raw<AppError | null>(null);
  readonly #options: TransferOptions;

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  /** Looks whether there is a library. */
  async look(): Promise<void> {
    this.hasLibrary = await this.#options.storage.hasLibrary().catch(() => false);
  }

  /** All conversations, or those with these ids, as a file; null if that failed or was cancelled. */
  exportAll({ ids, withDocuments = false }: ExportChoice = {}): Promise<Blob | null> {
    const { client, models } = this.#options;
    const notices = noticesOf(models.list);
    const some = ids ? { ids } : {};
    return this.#exporting((options) =>
      client.ask({ type: 'export', notices, withDocuments, ...some }, options),
    );
  }

  /** One conversation as a file that can be imported. */
  exportOne(id: string, { withDocuments = false } = {}): Promise<Blob | null> {
    return this.#exporting(async () => {
      const conversation = await this.#conversation(id);
      const notices = this.#notices(conversation);
      const documents = withDocuments ? await this.#documents(conversation) : [];
      return exportFile([conversation], { exportedMs: Date.now(), notices, documents });
    });
  }

  exportMarkdown(id: string, words: MarkdownLabels): Promise<Blob | null> {
    return this.#exporting(async () => {
      const conversation = await this.#conversation(id);
      const text = asMarkdown(conversation, { words, notices: this.#notices(conversation) });
      return new Blob([text], { type: 'text/markdown' });
    });
  }

  /** Imports a file's conversations; if some differ from stored ones, asks first (phase `asking`). */
  async import(file: Blob): Promise<void> {
    await this.#importing(async (options) => {
      const facts = await this.#options.client.ask({ type: 'read-import', file }, options);
      if (facts.conflicts > 0) return { phase: 'asking', facts, file };
      return this.#store(file, facts, 'skip', options);
    });
  }

  /** The visitor's answer in phase `asking`; null to import nothing. */
  async answer(onConflict: OnConflict | null): Promise<void> {
    const asked = this.importing;
    if (asked?.phase !== 'asking') return;
    const { file, facts } = asked;
    if (onConflict === null) this.importing = null;
    else await this.#importing((options) => this.#store(file, facts, onConflict, options));
  }

  dismiss(): void {
    this.importing = null;
    this.exportError = null;
  }

  /** Deletes conversations, drafts and settings; with `weights`, models too. */
  async deleteAll({ weights }: { weights: boolean }): Promise<void> {
    const { storage, models, sessions } = this.#options;
    sessions.forgetAll();
    await storage.clearConversations();
    if (weights) {
      await (await models.maintenance()).deleteAll();
      await storage.clearWeights();
    }
    await storage.clearSettings();
  }

  /** The session in memory is newer than the stored one, or the only one if nothing can be stored. */
  async #conversation(id: string): Promise<Conversation> {
    const { sessions, storage } = this.#options;
    const conversation = sessions.sessionOf(id)?.current ?? (await storage.load(id))?.conversation;
    if (!conversation) throw new AppError('chats-unreadable');
    return conversation;
  }

  /** Returns the documents that are still stored. */
  async #documents({ turns }: Conversation): Promise<readonly StoredDocument[]> {
    const { loadDocument } = this.#options.storage;
    const found = await Promise.all(documentsIn(turns).map(loadDocument));
    return found.filter((document) => document !== null);
  }

  #notices(conversation: Conversation): readonly string[] {
    return attributionNotices([conversation], noticesOf(this.#options.models.list));
  }

  async #store(
    file: Blob,
    facts: ImportFacts,
    onConflict: OnConflict,
    options: AskOptions,
  ): Promise<ImportState> {
    const stored = await this.#options.client.ask({ type: 'import', file, onConflict }, options);
    return { phase: 'done', stored, facts };
  }

  async #importing(work: (options: AskOptions) => Promise<ImportState>): Promise<void> {
    const controller = new AbortController();
    const { signal } = controller;
    const cancel = () => controller.abort();
    const onProgress = (progress01: number) =>
      (this.importing = { phase: 'working', progress01, cancel });
    onProgress(0);
    try {
      this.importing = await work({ signal, onProgress });
    } catch (cause) {
      const error = AppError.from(cause, 'chats-unreadable');
      this.importing = error.code === 'aborted' ? null : { phase: 'failed', error };
    }
  }

  async #exporting(work: (options: AskOptions) => Promise<Blob>): Promise<Blob | null> {
    this.exportError = null;
    const controller = new AbortController();
    const { signal } = controller;
    const cancel = () => controller.abort();
    const onProgress = (progress01: number) => (this.exporting = { progress01, cancel });
    try {
      return await work({ signal, onProgress });
    } catch (cause) {
      const error = AppError.from(cause, 'chats-unreadable');
      if (error.code !== 'aborted') this.exportError = error;
      return null;
    } finally {
      this.exporting = null;
    }
  }
}
