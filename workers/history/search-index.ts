/** All conversations in memory, ready for the search, and updated as pages change them. */
import { hasTags } from '../../src/core/chat/tags';
import { summaryOf } from '../../src/core/history/conversation-summary';
import {
  hitOf,
  isHit,
  queryWords,
  type SearchDocument,
  searchDocument,
} from '../../src/core/history/search';
import type { SearchQuery, SearchResult } from '../../src/protocol/history';
import type { ConversationChange } from '../../src/storage/conversation-channel';
import type { StoredConversation } from '../../src/storage/conversation-records';

/** How often a search that waits for reading reports partial results. */
const partialEveryMs = 300;

/** Reads stored conversations; implemented by `workers/history/reading`. */
export interface StoredReader {
  /** In batches. */
  readAll(): AsyncIterable<readonly StoredConversation[]>;
  readSome(ids: readonly string[]): Promise<readonly StoredConversation[]>;
}

export class SearchIndex {
  readonly #stored: StoredReader;
  #documents = new Map<string, SearchDocument>();
  /** Stored again since they were read. */
  readonly #stale = new Set<string>();
  #reading: Promise<void> | null = null;
  #isComplete = false;
  /** Called after each batch. */
  #onMore: () => void = () => {};

  constructor(stored: StoredReader) {
    this.#stored = stored;
  }

  /** Reads all conversations once; again after a failure. */
  prepare(): Promise<void> {
    this.#reading ??= this.#readAll().catch((cause: unknown) => {
      this.reset();
      throw cause;
    });
    return this.#reading;
  }

  /** Yields partial results as more is read; the last one is complete. */
  async *search(query: SearchQuery): AsyncGenerator<SearchResult, void> {
    const reading = this.prepare();
    let isOver = false;
    // The error is thrown below.
    const end = reading.catch(() => {}).then(() => void (isOver = true));
    await this.#refresh();
    while (!isOver && !this.#isComplete) {
      yield this.#find(query);
      await Promise.race([this.#more(), end]);
    }
    await reading;
    yield this.#find(query);
  }

  take(change: ConversationChange): void {
    if (!this.#reading) return;
    if (change.type === 'saved') this.#stale.add(change.summary.id);
    else if (change.type === 'removed') this.#documents.delete(change.id);
    else if (change.type === 'replaced-all') this.reset();
  }

  /** Everything will be read again when it is needed. */
  reset(): void {
    this.#documents = new Map();
    this.#stale.clear();
    this.#reading = null;
    this.#isComplete = false;
  }

  #find({ query, tags, limit }: SearchQuery): SearchResult {
    const words = queryWords(query);
    const found = [...this.#documents.values()].filter(
      (document) => hasTags(document.tags, tags) && isHit(document, words),
    );
    found.sort((a, b) => b.updatedMs - a.updatedMs);
    const hits = found.slice(0, limit).map((document) => hitOf(document, words));
    return { hits, total: found.length, isComplete: this.#isComplete };
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

  async #readAll(): Promise<void> {
    const documents = this.#documents;
    try {
      for await (const some of this.#stored.readAll()) {
        if (documents !== this.#documents) break; // it was reset meanwhile
        for (const stored of some) this.#add(stored);
      }
    } finally {
      if (documents === this.#documents) this.#isComplete = true;
      this.#onMore();
    }
  }

  async #refresh(): Promise<void> {
    const ids = [...this.#stale];
    this.#stale.clear();
    for (const stored of await this.#stored.readSome(ids)) this.#add(stored);
  }

  #add({ conversation, revision }: StoredConversation): void {
    const { updatedMs } = summaryOf(conversation, { revision });
    this.#documents.set(conversation.id, searchDocument(conversation, updatedMs));
  }
}
