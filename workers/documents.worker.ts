/** Reads attached files and searches in their text, off the page's thread. Opens no connection. */
import { PassageIndex } from '../src/core/documents/passage-index';
import type { DocumentEvent, DocumentRequest } from '../src/protocol/documents';
import { AppError, assertNever } from '../src/protocol/errors';
import { serveScope, type Serving } from '../src/protocol/serve-requests';
import { readDocument } from './documents/read-document';

declare const self: DedicatedWorkerGlobalScope;

const indexes = new Map<string, PassageIndex>();

serveScope<DocumentRequest, DocumentEvent>(self, serve, 'document-broken');

async function serve(
  request: DocumentRequest,
  { signal, post }: Serving<DocumentEvent>,
): Promise<DocumentEvent> {
  switch (request.type) {
    case 'read': {
      const onProgress = (progress01: number) => post({ type: 'progress', progress01 });
      const document = await readDocument(request.file, request.name, { signal, onProgress });
      return { type: 'read', document };
    }
    case 'index': {
      const index = indexes.get(request.documentId) ?? new PassageIndex(request.document);
      indexes.set(request.documentId, index);
      return { type: 'indexed', passages: index.size };
    }
    case 'search': {
      const index = indexes.get(request.documentId);
      if (!index) throw new AppError('document-missing');
      const { query, limit } = request;
      const found = index.search(query, limit);
      return { type: 'found', passages: found.length > 0 ? found : index.first(limit) };
    }
    default:
      assertNever(request);
  }
}
