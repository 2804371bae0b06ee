/** Reads a file of chats, Corral's own or another program's, and turns them into conversations. */
import type { Conversation } from '../../src/core/chat/conversation';
import {
  attachmentOf,
  maxDocumentCharacters,
  type StoredDocument,
} from '../../src/core/documents/document';
import type { LibraryEntry } from '../../src/core/documents/library';
import { documentId } from '../../src/core/documents/document-id';
import {
  importLimitBytes,
  isExport,
  parseChatsFile,
  readExport,
  readExportedDocuments,
  readExportedLibrary,
} from '../../src/core/history/export-file';
import { type SourceChats, sourceChats } from '../../src/core/history/import-formats/read-chats';
import { type SourceChat, LeftOut } from '../../src/core/history/import-formats/source-chat';
import { conversationOf } from '../../src/core/history/import-formats/source-tree';
import { readImported } from '../../src/core/history/imported-conversation';
import { visibleText } from '../../src/core/visible-text';
import { AppError } from '../../src/protocol/errors';
import type { LeftOutCounts } from '../../src/protocol/history';
import type { LongWork } from './long-work';
import { unzipTexts } from './zip-entries';

export interface ImportedChats {
  readonly conversations: readonly Conversation[];
  /** The documents that their questions or the library name. */
  readonly documents: readonly StoredDocument[];
  readonly library: readonly LibraryEntry[];
  /** Null for Corral. */
  readonly sourceName: string | null;
  readonly leftOut: LeftOutCounts;
}

/**
 * Throws `import-too-large` before it reads too much, `import-archive`, `import-no-chats`, and the errors of
 * `readExportFile`.
 */
export async function readChatsFile(file: Blob, reading: LongWork): Promise<ImportedChats> {
  const texts = await readTexts(file, reading.signal);
  const files = texts.map(parseChatsFile);
  if (files.length === 1 && isExport(files[0])) {
    const conversations = readExport(files[0]);
    const documents = readExportedDocuments(files[0]);
    const library = readExportedLibrary(files[0], documents);
    await checkIds(documents);
    return { conversations, documents, library, sourceName: null, leftOut: {} };
  }
  const sources = files.map(sourceChats).filter((source) => source !== null);
  const [first] = sources;
  if (!first) throw new AppError('import-foreign');
  const converted = new Converted();
  const total = sources.reduce((sum, { count }) => sum + count, 0);
  let done = 0;
  for (const source of sources) {
    for (let at = 0; at < source.count; at++) {
      await converted.add(source, at);
      done++;
      if (done % chatsPerStep > 0) continue;
      reading.onProgress(done / total);
      // The abort message is only received between two tasks.
      await new Promise((resolve) => setTimeout(resolve));
      reading.signal.throwIfAborted();
    }
  }
  return converted.result(first.sourceName);
}

/** If an id is a hash, it must match the text, so that no other text can be stored under a document's id. */
async function checkIds(documents: readonly StoredDocument[]): Promise<void> {
  for (const [at, document] of documents.entries()) {
    const isHash = /^[\da-f]{64}$/.test(document.id);
    if (isHash && (await documentId(document)) !== document.id) {
      throw new AppError('import-damaged', { where: `documents[${at}].id` });
    }
  }
}

/** The work pauses after this many chats, to receive an abort. */
const chatsPerStep = 20;

/** ChatGPT and Claude put one or several such files into their archives, llama.cpp one for each chat. */
const isChatsFile = (name: string) => /(?:^|\/)conversations(?:-\d+)?\.json$|\.jsonl$/i.test(name);

async function readTexts(file: Blob, signal: AbortSignal): Promise<readonly string[]> {
  const head = new Uint8Array(await file.slice(0, 4).arrayBuffer());
  if (head[0] === 0x50 && head[1] === 0x4b && head[2] === 3 && head[3] === 4) {
    return unzipTexts(file, isChatsFile, { limitBytes: importLimitBytes, signal });
  }
  if (file.size > importLimitBytes) {
    const data = { sizeBytes: file.size, limitBytes: importLimitBytes };
    throw new AppError('import-too-large', data);
  }
  return [await file.text()];
}

class Converted {
  readonly #conversations = new Map<string, Conversation>();
  readonly #documents = new Map<string, StoredDocument>();
  readonly #leftOut = new LeftOut();

  async add(source: SourceChats, at: number): Promise<void> {
    const chat = source.read(at, this.#leftOut);
    const documents = await documentsOf(chat);
    const conversation = conversationOf(chat, {
      source: source.source,
      sourceName: source.sourceName,
      attachmentOf: ({ name, text = '' }) => {
        const document = documents.get(text);
        return document ? attachmentOf(visibleText(name.slice(0, 200)), document) : null;
      },
    });
    // A chat that is twice in the file counts once.
    if (!conversation || this.#conversations.has(conversation.id)) {
      this.#leftOut.add('chats');
      return;
    }
    const checked = readImported(conversation, `[${at}]`);
    this.#conversations.set(checked.id, checked);
    for (const document of documents.values()) this.#documents.set(document.id, document);
  }

  result(sourceName: string): ImportedChats {
    if (this.#conversations.size === 0) throw new AppError('import-no-chats');
    return {
      conversations: [...this.#conversations.values()],
      documents: [...this.#documents.values()],
      library: [],
      sourceName,
      leftOut: this.#leftOut.counts,
    };
  }
}

/** The id is derived from the text in the file. */
async function documentsOf(chat: SourceChat): Promise<ReadonlyMap<string, StoredDocument>> {
  const documents = new Map<string, StoredDocument>();
  for (const { role, attachments = [] } of chat.messages) {
    if (role !== 'user') continue;
    for (const { text = '' } of attachments) {
      if (text.trim() === '' || text.length > maxDocumentCharacters || documents.has(text))
        continue;
      const document = { kind: 'text', text: text.toWellFormed() } as const;
      documents.set(text, { ...document, id: await documentId(document) });
    }
  }
  return documents;
}
