/** Searches, exports and imports all conversations off the page's thread. Opens no connection. */
import { unpacked } from '../src/core/history/conversation-summary';
import { assertNever } from '../src/protocol/errors';
import type {
  HistoryEvent,
  HistoryRequest,
  HistoryResults,
  SearchQuery,
  SearchResult,
} from '../src/protocol/history';
import { openConversationChannel } from '../src/storage/conversation-channel';
import {
  inTransaction,
  putStored,
  readStored,
  useCipher,
} from '../src/storage/conversation-records';
import { AesRecordCipher } from '../src/storage/conversation-cipher';
import type { LongWork } from './history/long-work';
import { readAllSummaries, readIds, readSome, removeSummaries } from './history/reading';
import { SearchIndex } from './history/search-index';
import { readTerms, writeTerms } from './history/search-terms';
import { exportChats, Import } from './history/transfer';
import { serveScope, type Serving } from '../src/protocol/serve-requests';

declare const self: DedicatedWorkerGlobalScope;

/** Conversations whose summaries one transaction writes. */
const batchSize = 50;

const index = new SearchIndex({ readTerms, readAllSummaries, readSome, writeTerms });
const channel = openConversationChannel((change) => index.take(change));

serveScope<HistoryRequest, HistoryEvent>(
  self,
  async (request, serving) => ({ type: 'finished', value: await serve(request, serving) }),
  'chats-unreadable',
);

async function serve(
  request: HistoryRequest,
  serving: Serving<HistoryEvent>,
): Promise<HistoryResults[keyof HistoryResults]> {
  switch (request.type) {
    case 'unlock':
      useCipher(new AesRecordCipher(request.secret));
      return null;
    case 'prepare':
      await index.prepare(request.listed && unpacked(request.listed));
      return null;
    case 'search':
      return search(request, serving);
    case 'rebuild':
      await rebuildSummaries();
      return null;
    case 'export':
      return exportChats(request, longWork(serving));
    case 'read-import':
      return (await Import.read(request.file, longWork(serving))).facts;
    case 'import': {
      const read = await Import.read(request.file, longWork(serving));
      const stored = await read.store(request.onConflict);
      index.reset();
      channel.post({ type: 'replaced-all' });
      return stored;
    }
    default:
      assertNever(request);
  }
}

const longWork = ({ signal, post }: Serving<HistoryEvent>): LongWork => ({
  signal,
  onProgress: (progress01) => post({ type: 'progress', progress01 }),
});

async function search(
  query: SearchQuery,
  { signal, post }: Serving<HistoryEvent>,
): Promise<SearchResult> {
  let last: SearchResult = { hits: [], total: 0, isComplete: false };
  for await (const result of index.search(query)) {
    signal.throwIfAborted();
    last = result;
    if (!result.isComplete || index.isUnchecked) post({ type: 'found', result });
  }
  return last;
}

/** Writes missing summaries: those of conversations from the app's first versions, or after damage. */
async function rebuildSummaries(): Promise<void> {
  const { conversations, summaries } = await readIds();
  await removeSummaries([...summaries].filter((id) => !conversations.has(id)));
  const missing = [...conversations].filter((id) => !summaries.has(id));
  for (let at = 0; at < missing.length; at += batchSize) {
    await inTransaction('readwrite', async (store) => {
      for (const id of missing.slice(at, at + batchSize)) {
        const stored = await readStored(store, id);
        if (stored) putStored(store, stored);
      }
    });
  }
}
