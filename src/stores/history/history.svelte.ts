/** The list of conversations: groups them by day, searches them, and changes them. */
import type { StoredDocument } from '../../core/documents/document';
import type { Conversation } from '../../core/chat/conversation';
import { allTags, hasTags, type TagChange, withTags } from '../../core/chat/tags';
import {
  type ConversationSummary,
  documentsIn,
  packed,
} from '../../core/history/conversation-summary';
import { groupedByDay } from '../../core/history/history-groups';
import { AppError } from '../../protocol/errors';
import type { SearchResult } from '../../protocol/history';
import type { ConversationChange } from '../../storage/conversation-channel';
import type { HistoryClient } from '../../bridge/history-client';
import type { SessionStorage } from '../chat/session-storage';
import type { ConversationSessions } from '../chat/conversation-sessions.svelte';
import type { Undo } from '../chat/undo.svelte';
import { LongChange } from './long-change.svelte';

/** The part of `src/storage` that this store needs. */
export interface HistoryStorage extends Pick<SessionStorage, 'load' | 'save'> {
  /** Resolves with the data that is needed to store them again. */
  remove(ids: readonly string[]): Promise<{
    readonly conversations: readonly {
      readonly conversation: Conversation;
      readonly draft: string;
    }[];
    readonly documents: readonly StoredDocument[];
  }>;
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

type Removed = Awaited<ReturnType<HistoryStorage['remove']>>;

/** With so many, a search takes long enough that the start of its worker counts. */
const manyChats = 1000;

/** Deleted in one transaction. */
const removedAtOnce = 50;

/** The number of hits requested at a time. */
const pageOfHits = 30;

export class History {
  /** Null until they are read. */
  summaries = $state.raw<readonly ConversationSummary[] | null>(null);
  /** The time from which "today" and "yesterday" are computed. */
  nowMs = $state(Date.now());
  query = $state('');
  /** The hits so far; null without a query. */
  found = $state.raw<SearchResult | null>(null);
  error = $state.raw<AppError | null>(null);
  /** The chats whose tags are being edited. */
  tagging = $state.raw<readonly string[] | null>(null);

  /** The listed conversations: empty ones are left out. */
  listed = $derived((this.summaries ?? []).filter(({ title }) => title !== ''));
  /** All tags that some chat has. */
  tags = $derived(allTags(this.listed.map(({ tags }) => tags)));
  /** The tags that the visitor has chosen; the last chat with one may be gone. */
  #chosenTags = $state.raw<readonly string[]>([]);
  /** The tags that a chat must have to be shown. */
  filterTags = $derived(this.tags.filter((tag) => hasTags(this.#chosenTags, [tag])));
  groups = $derived(
    groupedByDay(
      this.listed.filter(({ tags }) => hasTags(tags, this.filterTags)),
      this.nowMs,
    ),
  );
  /** The ids of the chats that are shown, in the order of the list. */
  shownIds = $derived(
    this.found
      ? this.found.hits.map(({ id }) => id)
      : this.groups.flatMap(({ summaries }) => summaries.map(({ id }) => id)),
  );

  readonly longChange = new LongChange();

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
    const listed = this.summaries && packed(this.summaries);
    this.#options.client
      .ask({ type: 'prepare', ...(listed && { listed }) })
      .catch((cause: unknown) => this.#fail(cause));
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
    return this.#change(id, ({ title: _title, suggestedTitle: _suggested, ...rest }) =>
      given === '' ? rest : { ...rest, title: given },
    );
  }

  keepOnTop(ids: readonly string[], onTop: boolean): Promise<void> {
    return this.#changeAll(ids, ({ onTop: _onTop, ...rest }) =>
      onTop ? { ...rest, onTop } : rest,
    );
  }

  tag(ids: readonly string[], change: TagChange): Promise<void> {
    return this.#changeAll(ids, ({ tags = [], ...rest }) => {
      const next = withTags(tags, change);
      return next.length > 0 ? { ...rest, tags: next } : rest;
    });
  }

  /** Shows only chats with this tag, or no longer; several tags narrow the list further. */
  toggleTag(tag: string): void {
    const others = this.filterTags.filter((one) => one !== tag);
    this.#chosenTags = others.length < this.filterTags.length ? others : [...others, tag];
    this.#searchAgain();
  }

  /** Deletes conversations; can be undone while this page is open. One that is being answered stays. */
  async remove(all: readonly string[]): Promise<void> {
    const { sessions, storage, undo } = this.#options;
    const ids = all.filter((id) => id !== sessions.answering?.id);
    const batches = Array.from({ length: Math.ceil(ids.length / removedAtOnce) }, (_, at) =>
      ids.slice(at * removedAtOnce, (at + 1) * removedAtOnce),
    );
    const { shown } = sessions;
    const inMemory = { conversation: shown.current, draft: shown.draft };
    let shownId: string | null = null;
    const conversations: Removed['conversations'][number][] = [];
    const documents: StoredDocument[] = [];
    const removeSome = async (batch: readonly string[]) => {
      const removed = await storage.remove(batch);
      const others = removed.conversations.filter(({ conversation: { id } }) => id !== shown.id);
      conversations.push(...others);
      documents.push(...removed.documents);
      if (!batch.includes(shown.id)) return;
      shownId = shown.id;
      conversations.push(inMemory);
    };
    try {
      await this.longChange.each(batches, removeSome, { sizeOf: ({ length }) => length });
    } catch (cause) {
      this.#fail(cause);
    }
    if (conversations.length === 0) return;
    const restore = () => void this.#restore({ conversations, documents }, shownId);
    undo.propose({ chats: conversations.length }, restore);
  }

  async #restore({ conversations, documents }: Removed, shownId: string | null): Promise<void> {
    const { sessions, storage } = this.#options;
    const restoreOne = async ({ conversation, draft }: Removed['conversations'][number]) => {
      const named = documentsIn(conversation.turns);
      const kept = { draft, documents: documents.filter(({ id }) => named.includes(id)) };
      await storage.save(conversation, { base: null, ...kept, isOpen: false, endedIds: [] });
    };
    try {
      await this.longChange.each(conversations, restoreOne, { canEnd: false });
      if (shownId !== null) await sessions.open(shownId);
    } catch (cause) {
      this.#fail(cause);
    }
  }

  async #changeAll(
    ids: readonly string[],
    change: (before: Conversation) => Conversation,
  ): Promise<void> {
    await this.longChange.each(ids, (id) => this.#change(id, change));
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
      if (read.summaries.length >= manyChats) client.startAhead();
      this.error = null;
    } catch (cause) {
      this.#reading = null;
      this.summaries ??= [];
      this.#fail(cause);
    }
  }

  #search(): void {
    const { query, filterTags: tags } = this;
    this.#options.client.search({ query, tags, limit: this.#limit }, (result) => {
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
