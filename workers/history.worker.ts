/** Looks at all conversations at once, off the page's thread: search, export, import. Opens no connection. */
import { AppError, assertNever, toWire } from '../src/protocol/errors';
import type {
  HistoryEnvelope,
  HistoryReply,
  HistoryRequest,
  HistoryUnlock,
} from '../src/protocol/history';
import { openConversationChannel } from '../src/storage/conversation-channel';
import { useCipher } from '../src/storage/conversation-records';
import { AesRecordCipher } from '../src/storage/conversation-cipher';
import { readAll, readSome } from './history/reading';
import { SearchIndex } from './history/search-index';
import { rebuildSummaries } from './history/summaries';
import { exportAll, Import } from './history/transfer';

declare const self: DedicatedWorkerGlobalScope;

type Value = Extract<HistoryReply, { ok: true }>['value'];

const index = new SearchIndex({ readAll, readSome });
const channel = openConversationChannel((change) => index.take(change));
/** A search ends when another begins. */
let newestSearch = 0;

self.onmessage = ({ data }: MessageEvent<HistoryEnvelope | HistoryUnlock>) => {
  if (data.type === 'unlock') return useCipher(new AesRecordCipher(data.secret));
  const reply = (value: Value) =>
    self.postMessage({ requestId: data.requestId, ok: true, value } satisfies HistoryReply);
  serve(data, data.requestId, reply).catch((cause: unknown) => {
    const error = toWire(AppError.from(cause, 'chats-unreadable'));
    self.postMessage({ requestId: data.requestId, ok: false, error } satisfies HistoryReply);
  });
};

async function serve(
  request: HistoryRequest,
  requestId: number,
  reply: (value: Value) => void,
): Promise<void> {
  switch (request.type) {
    case 'prepare':
      await index.prepare();
      return reply(null);
    case 'search':
      newestSearch = requestId;
      for await (const result of index.search(request.query, request.limit)) {
        if (newestSearch !== requestId) return;
        reply(result);
      }
      return;
    case 'rebuild':
      await rebuildSummaries();
      return reply(null);
    case 'export':
      return reply(await exportAll(request.notices));
    case 'read-import':
      return reply((await Import.read(request.file)).facts);
    case 'import': {
      const stored = await (await Import.read(request.file)).store(request.onConflict);
      index.reset();
      channel.tell({ type: 'replaced-all' });
      return reply(stored);
    }
    default:
      assertNever(request);
  }
}
