/** The list of conversations: groups them by day, searches them, and changes them. */
import type { StoredDocument } from '../../core/documents/document';
import type { Conversation } from '../../core/chat/conversation';
import type { ConversationSummary } from '../../core/history/conversation-summary';
import { groupedByDay } from '../../core/history/history-groups';
import { AppError } from '../../protocol/errors';
import type { SearchResult } from '../../protocol/history';
import type { ConversationChange } from '../../storage/conversation-channel';
import type { HistoryClient } from '../../bridge/history-client';
import type { SessionStorage } from '../chat/session-storage';
import type { ConversationSessions } from '../chat/conversation-sessions.svelte';
import type { Undo } from '../chat/undo.svelte';

/** The part of `src/storage` that this store needs. */
export interface HistoryStorage extends Pick<SessionStorage, 'load' | 'save' | 'remove'> {
  loadSummaries(): Promise<{
    readonly summaries: readonly ConversationSummary[];
    /** False if some are missing or left over. */
    readonly isWhole: boolean;
  }>;
}

export interface HistoryOptions {
  readonly sessions: ConversationSessions;
  readonly client: HistoryClient;
  readonly storage: HistoryStorage;
  readonly undo: Undo;
}

interface Removed {
  readonly conversation: Conversation;
  readonly draft: string;
  readonly documents: readonly StoredDocument[];
}

/** The number of hits requested at a time. */
const pageOfHits = 30;

export class History {
  /** Null until they are read. */
  summaries = $state.raw<readonly ConversationSummary[] | null>(null);
  /** Today's midnight determines what "yesterday" is. */
  nowMs = $state(Date.now());
  query = $state('');
  /** The hits so far; null without a query. */
  found = $state.raw<SearchResult | null>(null);
  error = $state.raw<AppError | null>(null);

  /** The listed conversations: empty ones are left out. */
  listed = $derived((this.summaries ?? []).filter(({ title }) => title !== ''));
  groups = $derived(groupedByDay(this.listed, this.nowMs));

  readonly #options: HistoryOptions;
  #reading: Promise<void> | null = null;
  #limit = pageOfHits;

  constructor(options: HistoryOptions) {
    this.#options = options;
  }

  /** Reads the list, unless it has been read. */
  load(): Promise<void> {
    this.nowMs = Date.now();
    this.#reading ??= this.#read();
    return this.#reading;
  }

  /** Applies changes by this and other tabs. */
  onStorageChange(change: ConversationChange): void {
    if (!this.summaries) return;
    if (change.type === 'saved') {
      const { summary } = change;
      this.nowMs = Date.now();
      this.summaries = [summary, ...this.summaries.filter(({ id }) => id !== summary.id)];
    } else if (change.type === 'removed') {
      this.summaries = this.summaries.filter(({ id }) => id !== change.id);
      this.#searchAgain();
    } else if (change.type === 'replaced-all') {
      this.#reading = this.#read();
      this.#searchAgain();
    }
  }

  /** Prepares the search when the visitor is about to type. */
  prepareSearch(): void {
    this.#options.client.ask({ type: 'prepare' }).catch((cause: unknown) => this.#fail(cause));
  }

  search(query: string): void {
    this.query = query;
    this.#limit = pageOfHits;
    if (query.trim() === '') this.found = null;
    else this.#search();
  }

  /** Requests more hits. */
  showMore(): void {
    if (!this.found || this.found.hits.length >= this.found.total) return;
    this.#limit = this.found.hits.length + pageOfHits;
    this.#search();
  }

  rename(id: string, title: string): Promise<void> {
    const given = title.toWellFormed().replace(/\s+/g, ' ').trim().slice(0, 200);
    return this.#change(id, ({ title: _title, ...rest }) =>
      given === '' ? rest : { ...rest, title: given },
    );
  }

  keepOnTop(id: string, onTop: boolean): Promise<void> {
    return this.#change(id, ({ onTop: _onTop, ...rest }) => (onTop ? { ...rest, onTop } : rest));
  }

  /** Deletes a conversation; can be undone while this page is open. */
  async remove(id: string): Promise<void> {
    const { sessions, storage, undo } = this.#options;
    if (sessions.answering?.id === id) return;
    try {
      const wasShown = sessions.shown.id === id;
      const stored = wasShown
        ? { conversation: sessions.shown.current, draft: sessions.shown.draft }
        : await storage.load(id);
      const documents = await storage.remove(id);
      if (!stored) return;
      const { conversation, draft } = stored;
      undo.propose(
        'conversation',
        () => void this.#restore({ conversation, draft, documents }, wasShown),
      );
    } catch (cause) {
      this.#fail(cause);
    }
  }

  async #restore({ conversation, ...kept }: Removed, show: boolean): Promise<void> {
    const { sessions, storage } = this.#options;
    try {
      await storage.save(conversation, { base: null, ...kept, isOpen: false, endedIds: [] });
      if (show) await sessions.open(conversation.id);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  /**
   * Changes an open conversation in memory, whose next save would overwrite the stored one; any other in
   * storage.
   */
  async #change(id: string, change: (before: Conversation) => Conversation): Promise<void> {
    const { sessions, storage } = this.#options;
    const session = sessions.sessionOf(id);
    if (session) return session.change(change(session.current));
    try {
      const base = await storage.load(id);
      if (!base) return;
      await storage.save(change(base.conversation), { base, isOpen: false, endedIds: [] });
    } catch (cause) {
      this.#fail(cause);
    }
  }

  async #read(): Promise<void> {
    const { storage, client } = this.#options;
    try {
      let read = await storage.loadSummaries();
      if (!read.isWhole) {
        await client.ask({ type: 'rebuild' });
        read = await storage.loadSummaries();
      }
      this.summaries = read.summaries;
      this.error = null;
    } catch (cause) {
      this.#reading = null;
      this.summaries ??= [];
      this.#fail(cause);
    }
  }

  #search(): void {
    const { query } = this;
    this.#options.client.search(query, this.#limit, (result) => {
      if (this.query !== query) return;
      if (result instanceof AppError) this.error = result;
      else this.found = result;
    });
  }

  #searchAgain(): void {
    if (this.found) this.#search();
  }

  #fail(cause: unknown): void {
    this.error = AppError.from(cause, 'chats-unreadable');
  }
}
