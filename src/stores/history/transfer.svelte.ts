/** Exports and imports conversations, and deletes all data. */
import { asMarkdown, type MarkdownLabels } from '../../core/history/markdown-export';
import { attributionNotices, noticesOf } from '../../core/attribution';
import type { Conversation } from '../../core/chat/conversation';
import { exportPieces, importLimitBytes } from '../../core/history/export-file';
import { AppError } from '../../protocol/errors';
import type { ImportFacts, OnConflict } from '../../protocol/history';
import type { HistoryClient } from '../../bridge/history-client';
import type { Models } from '../models/models.svelte';
import type { ConversationSessions } from '../chat/conversation-sessions.svelte';

export interface TransferOptions {
  readonly sessions: ConversationSessions;
  readonly client: HistoryClient;
  readonly models: Models;
  readonly storage: {
    load(id: string): Promise<{ readonly conversation: Conversation } | null>;
    clearConversations(): Promise<void>;
    clearSettings(): Promise<void>;
    /** Incomplete downloads too. */
    clearWeights(): Promise<void>;
  };
}

/** Null while no import is under way. `asking`: some conversations are stored already with other content. */
export type ImportState =
  | null
  | { readonly phase: 'working' }
  | { readonly phase: 'asking'; readonly facts: ImportFacts; readonly file: Blob }
  | { readonly phase: 'done'; readonly stored: number; readonly same: number }
  | { readonly phase: 'failed'; readonly error: AppError };

export class Transfer {
  importing = $state.raw<ImportState>(null);
  /** Why the last export failed. */
  exportError = $state.raw<AppError | null>(null);
  readonly #options: TransferOptions;

  constructor(options: TransferOptions) {
    this.#options = options;
  }

  /** All conversations, or those with these ids, as a file; null if that failed. */
  exportAll(ids?: readonly string[]): Promise<Blob | null> {
    const { client, models } = this.#options;
    const notices = noticesOf(models.list);
    return this.#exporting(() => client.ask({ type: 'export', notices, ...(ids ? { ids } : {}) }));
  }

  /** One conversation as a file that can be imported. */
  exportOne(id: string): Promise<Blob | null> {
    return this.#exporting(async () => {
      const conversation = await this.#conversation(id);
      const notices = this.#notices(conversation);
      const pieces = exportPieces([conversation], { exportedMs: Date.now(), notices });
      return new Blob([...pieces], { type: 'application/json' });
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
    await this.#importing(async () => {
      if (file.size > importLimitBytes) {
        const data = { sizeBytes: file.size, limitBytes: importLimitBytes };
        throw new AppError('import-too-large', data);
      }
      const facts = await this.#options.client.ask({ type: 'read-import', file });
      if (facts.conflicts > 0) return { phase: 'asking', facts, file };
      return this.#store(file, facts.same, 'skip');
    });
  }

  /** The visitor's answer in phase `asking`; null to import nothing. */
  async answer(onConflict: OnConflict | null): Promise<void> {
    const asked = this.importing;
    if (asked?.phase !== 'asking') return;
    if (onConflict === null) this.importing = null;
    else await this.#importing(() => this.#store(asked.file, asked.facts.same, onConflict));
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
      await models.maintenance.deleteAll();
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

  #notices(conversation: Conversation): readonly string[] {
    return attributionNotices([conversation], noticesOf(this.#options.models.list));
  }

  async #store(file: Blob, same: number, onConflict: OnConflict): Promise<ImportState> {
    const stored = await this.#options.client.ask({ type: 'import', file, onConflict });
    return { phase: 'done', stored, same };
  }

  async #importing(work: () => Promise<ImportState>): Promise<void> {
    this.importing = { phase: 'working' };
    try {
      this.importing = await work();
    } catch (cause) {
      this.importing = { phase: 'failed', error: AppError.from(cause, 'chats-unreadable') };
    }
  }

  async #exporting(work: () => Promise<Blob>): Promise<Blob | null> {
    this.exportError = null;
    try {
      return await work();
    } catch (cause) {
      this.exportError = AppError.from(cause, 'chats-unreadable');
      return null;
    }
  }
}
