/** The words of all conversations in memory, ready for the search, and updated as pages change them. */
import { isBeingWritten } from '../../src/core/chat/conversation';
import { hasTags } from '../../src/core/chat/tags';
import { type ListedChat, summaryOf } from '../../src/core/history/conversation-summary';
import {
  hitOf,
  isHit,
  queryWords,
  type SearchDocument,
  searchDocument,
  searchTerms,
} from '../../src/core/history/search';
import type { SearchQuery, SearchResult } from '../../src/protocol/history';
import type { ConversationChange } from '../../src/storage/conversation-channel';
import type { StoredConversation } from '../../src/storage/conversation-records';
import type { ConversationTerms } from './search-terms';

/** How often a search that waits for reading reports partial results. */
const partialEveryMs = 300;
/** Small enough for quick first results, large enough to be worth a transaction. */
const batchSize = 50;
/** Matches no stored revision: the words of an answer that is being written are not all of it. */
const unfinished = -1;

/** Implemented by `workers/history/reading` and `search-terms`. */
export interface SearchStore {
  readTerms(): Promise<readonly ConversationTerms[]>;
  readAllSummaries(): Promise<readonly ListedChat[]>;
  readSome(ids: readonly string[]): Promise<readonly StoredConversation[]>;
  writeTerms(ids: Iterable<string>, all: Iterable<ConversationTerms>): Promise<void>;
}

interface Entry extends ConversationTerms {
  readonly updatedMs: number;
  readonly tags: readonly string[];
}

export class SearchIndex {
  readonly #store: SearchStore;
  #entries = new Map<string, Entry>();
  /** Conversations that were shown as hits. */
  readonly #documents = new Map<string, SearchDocument>();
  /** Stored again since they were read. */
  readonly #stale = new Set<string>();
  /** Whose stored words are not those in memory. */
  readonly #unsaved = new Set<string>();
  #reading: Promise<void> | null = null;
  /** They were read by a page's list, which has not been compared with the stored one. */
  #isUnchecked = false;
  readonly #checkAfterMs: number;
  #latest: SearchQuery | null = null;
  #isComplete = false;
  /** Called after each batch. */
  #onMore: () => void = () => {};

  constructor(store: SearchStore, { checkAfterMs = 500 } = {}) {
    this.#store = store;
    this.#checkAfterMs = checkAfterMs;
  }

  /** A search's complete result may be followed by a better one. */
  get isUnchecked(): boolean {
    return this.#isUnchecked;
  }

  /**
   * Reads the stored words, and all conversations that they lack; again after a failure. To read ten thousand summaries
   * takes longer than all else, so a page's list takes their place at first.
   */
  prepare(listed?: readonly ListedChat[]): Promise<void> {
    this.#reading ??= this.#readAll(listed).catch((cause: unknown) => {
      this.reset();
      throw cause;
    });
    return this.#reading;
  }

  /** Yields partial results as more is read; the last one is complete. */
  async *search(query: SearchQuery): AsyncGenerator<SearchResult, void> {
    this.#latest = query;
    const reading = this.prepare();
    let isOver = false;
    // The error is thrown below.
    const end = reading.catch(() => {}).then(() => void (isOver = true));
    await this.#refresh();
    while (!isOver && !this.#isComplete) {
      yield await this.#find(query);
      await Promise.race([this.#more(), end]);
    }
    await reading;
    yield await this.#find(query);
    void this.#save();
    // It would hold up the reading of what is shown, and the next search of a visitor who types.
    if (this.#isUnchecked && (await this.#isLast(query))) {
      await this.#check();
      if (await this.#refresh()) {
        yield await this.#find(query);
        void this.#save();
      }
    }
  }

  take(change: ConversationChange): void {
    if (!this.#reading) return;
    if (change.type === 'saved') this.#stale.add(change.summary.id);
    else if (change.type === 'removed') this.#forget(change.id);
    else if (change.type === 'replaced-all') this.reset();
  }

  /** Everything will be read again when it is needed. */
  reset(): void {
    this.#entries = new Map();
    this.#documents.clear();
    this.#stale.clear();
    this.#unsaved.clear();
    this.#reading = null;
    this.#isUnchecked = false;
    this.#isComplete = false;
  }

  async #find({ query, tags, limit }: SearchQuery): Promise<SearchResult> {
    const words = queryWords(query);
    const isComplete = this.#isComplete;
    const found = [...this.#entries.values()].filter(
      (entry) => hasTags(entry.tags, tags) && isHit(entry.terms, words),
    );
    found.sort((a, b) => b.updatedMs - a.updatedMs);
    const shown = found.slice(0, limit).map(({ id }) => id);
    await this.#readDocuments(shown.filter((id) => !this.#documents.has(id)));
    const documents = shown.flatMap((id) => this.#documents.get(id) ?? []);
    const hits = documents.map((document) => hitOf(document, words));
    return { hits, total: found.length, isComplete };
  }

  async #readDocuments(ids: readonly string[]): Promise<void> {
    if (ids.length === 0) return;
    for (const { conversation } of await this.#store.readSome(ids)) {
      this.#documents.set(conversation.id, searchDocument(conversation));
    }
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, partialEveryMs);
      this.#onMore = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #readAll(listed?: readonly ListedChat[]): Promise<void> {
    const entries = this.#entries;
    const isReset = () => entries !== this.#entries;
    try {
      const stored = await this.#store.readTerms();
      const chats = listed ?? (await this.#store.readAllSummaries());
      if (isReset()) return;
      const missing = this.#takeStored(stored, chats);
      for (let at = 0; at < missing.length && !isReset(); at += batchSize) {
        const some = await this.#store.readSome(missing.slice(at, at + batchSize));
        if (isReset()) break;
        for (const one of some) this.#add(one);
        this.#onMore();
      }
    } finally {
      if (!isReset()) {
        this.#isComplete = true;
        this.#isUnchecked = listed !== undefined;
      }
      this.#onMore();
    }
  }

  /** Returns the ids of the conversations that have to be read, the newest first. */
  #takeStored(
    stored: readonly ConversationTerms[],
    chats: readonly ListedChat[],
  ): readonly string[] {
    const byId = new Map(stored.map((entry) => [entry.id, entry]));
    const missing: ListedChat[] = [];
    for (const chat of chats) {
      const { id, revision, updatedMs, tags = [] } = chat;
      const entry = byId.get(id);
      if (entry?.revision === revision) this.#entries.set(id, { ...entry, updatedMs, tags });
      else missing.push(chat);
      byId.delete(id);
    }
    // Left by an earlier version, which knows of no stored words.
    for (const id of byId.keys()) this.#unsaved.add(id);
    return missing.sort((a, b) => b.updatedMs - a.updatedMs).map(({ id }) => id);
  }

  /** Whether no other search has come for a while. */
  async #isLast(query: SearchQuery): Promise<boolean> {
    await new Promise((resolve) => setTimeout(resolve, this.#checkAfterMs));
    return this.#latest === query;
  }

  /** What another tab has changed since a page made its list is read at the next refresh. */
  async #check(): Promise<void> {
    const entries = this.#entries;
    const chats = await this.#store.readAllSummaries();
    if (entries !== this.#entries) return;
    this.#isUnchecked = false;
    const revisions = new Map(chats.map(({ id, revision }) => [id, revision]));
    for (const { id, revision } of entries.values()) {
      const now = revisions.get(id);
      if (now === undefined || (revision !== unfinished && now !== revision)) this.#stale.add(id);
      revisions.delete(id);
    }
    for (const id of revisions.keys()) this.#stale.add(id);
  }

  /** Returns whether anything had changed. */
  async #refresh(): Promise<boolean> {
    const ids = [...this.#stale];
    this.#stale.clear();
    if (ids.length === 0) return false;
    const found = await this.#store.readSome(ids);
    for (const stored of found) this.#add(stored);
    const foundIds = new Set(found.map(({ conversation }) => conversation.id));
    for (const id of ids) if (!foundIds.has(id)) this.#forget(id);
    return true;
  }

  #add({ conversation, revision: stored }: StoredConversation): void {
    const { id } = conversation;
    const { updatedMs, tags = [] } = summaryOf(conversation, { revision: stored });
    const revision = conversation.turns.some(isBeingWritten) ? unfinished : stored;
    const terms = searchTerms(searchDocument(conversation));
    this.#entries.set(id, { id, revision, updatedMs, tags, terms });
    this.#documents.delete(id);
    this.#unsaved.add(id);
    // Its end may not have been announced when the next search comes.
    if (revision === unfinished) this.#stale.add(id);
  }

  #forget(id: string): void {
    this.#entries.delete(id);
    this.#documents.delete(id);
    // The page has deleted the words of others with it.
    this.#unsaved.add(id);
  }

  /** Not written, for want of room: the next start reads the conversations again. */
  async #save(): Promise<void> {
    const ids = [...this.#unsaved];
    this.#unsaved.clear();
    await this.#store.writeTerms(ids, this.#entries.values()).catch(() => {});
  }
}
