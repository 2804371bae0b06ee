/** Searches, exports and imports all conversations off the page's thread. Opens no connection. */
import { assertNever } from '../src/protocol/errors';
import type {
  HistoryEvent,
  HistoryRequest,
  HistoryResults,
  SearchQuery,
  SearchResult,
} from '../src/protocol/history';
import { openConversationChannel } from '../src/storage/conversation-channel';
import { useCipher } from '../src/storage/conversation-records';
import { AesRecordCipher } from '../src/storage/conversation-cipher';
import { readAll, readSome } from './history/reading';
import { SearchIndex } from './history/search-index';
import { rebuildSummaries } from './history/summaries';
import { exportChats, Import } from './history/transfer';
import { serveScope, type Serving } from '../src/protocol/serve-requests';

declare const self: DedicatedWorkerGlobalScope;

const index = new SearchIndex({ readAll, readSome });
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
      await index.prepare();
      return null;
    case 'search':
      return search(request, serving);
    case 'rebuild':
      await rebuildSummaries();
      return null;
    case 'export':
      return exportChats(request.notices, request.ids);
    case 'read-import':
      return (await Import.read(request.file)).facts;
    case 'import': {
      const stored = await (await Import.read(request.file)).store(request.onConflict);
      index.reset();
      channel.post({ type: 'replaced-all' });
      return stored;
    }
    default:
      assertNever(request);
  }
}

async function search(
  query: SearchQuery,
  { signal, post }: Serving<HistoryEvent>,
): Promise<SearchResult> {
  let last: SearchResult = { hits: [], total: 0, isComplete: false };
  for await (const result of index.search(query)) {
    signal.throwIfAborted();
    last = result;
    if (!result.isComplete) post({ type: 'found', result });
  }
  return last;
}
