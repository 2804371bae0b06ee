/** The file of exported conversations (docs/conversation-format.md) and its strict reader. */
import { AppError } from '../../protocol/errors';
import { type Conversation, endAbandoned } from '../chat/conversation';
import {
  maxDocumentCharacters,
  readStoredDocument,
  type StoredDocument,
} from '../documents/document';
import { type LibraryEntry, libraryEntry, readLibraryEntry } from '../documents/library';
import { documentName } from '../documents/document-name';
import { type Fields, isFields } from './import-formats/json-fields';
import { chatsOfLines } from './import-formats/read-chats';
import { readImported } from './imported-conversation';

const format = 'corral-conversations';
const version = 1;

/** Ten times a year of long chats; a larger file could exhaust a browser's memory. */
export const importLimitBytes = 100_000_000;

export interface ExportFacts {
  readonly exportedMs: number;
  readonly notices: readonly string[];
  /** The texts of documents that questions or the library name, where the visitor wants them in the file. */
  readonly documents?: readonly StoredDocument[];
  readonly library?: readonly LibraryEntry[];
}

/** The text of the file, in pieces. Answers that are being written are exported as unfinished. */
export function exportPieces(
  conversations: readonly Conversation[],
  { exportedMs, notices, documents = [], library = [] }: ExportFacts,
): readonly string[] {
  const exportedAt = new Date(exportedMs).toISOString();
  const head = JSON.stringify({ format, version, exportedAt, notices }).slice(0, -1);
  const chats = [
    ',"conversations":[',
    ...lines(conversations.map((one) => endAbandoned(one))),
    '\n]',
  ];
  const texts = documents.length > 0 ? [',"documents":[', ...lines(documents), '\n]'] : [];
  const kept = library.length > 0 ? [',"library":[', ...lines(library), '\n]'] : [];
  return [head, ...chats, ...texts, ...kept, '}\n'];
}

/** Throws `export-too-large` for a file with documents that no import would take. */
export function exportFile(
  conversations: readonly Conversation[],
  facts: ExportFacts,
  limitBytes = importLimitBytes,
): Blob {
  const file = new Blob([...exportPieces(conversations, facts)], { type: 'application/json' });
  if (facts.documents && facts.documents.length > 0 && file.size > limitBytes) {
    throw new AppError('export-too-large', { sizeBytes: file.size, limitBytes });
  }
  return file;
}

const lines = (values: readonly object[]) =>
  values.map((value, index) => `${index === 0 ? '' : ','}\n${JSON.stringify(value)}`);

/**
 * The conversations of a file's text. Throws `import-foreign` if Corral did not write the file, `import-newer`
 * if a later version did, `import-chat-too-long`, and `import-damaged` (`where` names the place) for all other
 * errors.
 */
export function readExportFile(text: string): readonly Conversation[] {
  const file = parseChatsFile(text);
  if (!isExport(file)) throw new AppError('import-foreign');
  return readExport(file);
}

export const isExport = (file: unknown): file is Fields =>
  isFields(file) && file['format'] === format;

/** As `readExportFile`, of its JSON. */
export function readExport(file: Fields): readonly Conversation[] {
  if (typeof file['version'] !== 'number') throw damaged('version');
  if (file['version'] > version) throw new AppError('import-newer');
  const list = file['conversations'];
  if (!Array.isArray(list)) throw damaged('conversations');
  const ids = new Set<string>();
  return list.map((value: unknown, index) => {
    const conversation = readImported(value, `conversations[${index}]`);
    if (ids.has(conversation.id)) throw damaged(`conversations[${index}].id`);
    ids.add(conversation.id);
    return conversation;
  });
}

/** The documents of such a file, whose ids are not checked against their texts. Throws `import-damaged`. */
export function readExportedDocuments(file: Fields): readonly StoredDocument[] {
  const list = file['documents'] ?? [];
  if (!Array.isArray(list)) throw damaged('documents');
  return list.map((value: unknown, at) => {
    const document = readStoredDocument(value, { isStrict: true });
    if (!document || document.text.length > maxDocumentCharacters)
      throw damaged(`documents[${at}]`);
    return document;
  });
}

/**
 * What the library of such a file keeps. Each entry's document is in the file, and all but its name and its time comes
 * from there. Throws `import-damaged`.
 */
export function readExportedLibrary(
  file: Fields,
  documents: readonly StoredDocument[],
): readonly LibraryEntry[] {
  const list = file['library'] ?? [];
  if (!Array.isArray(list)) throw damaged('library');
  const byId = new Map(documents.map((document) => [document.id, document]));
  return list.map((value: unknown, at) => {
    const entry = readLibraryEntry(value, { isStrict: true });
    const document = entry && byId.get(entry.attachment.id);
    if (!document) throw damaged(`library[${at}]`);
    return libraryEntry(documentName(entry.attachment.name), document, entry.keptAtMs);
  });
}

const damaged = (where: string) => new AppError('import-damaged', { where });

/** A truncated file is still recognised by its beginning. */
const headCharacters = 100;

/** The formats have a dozen levels at most; this is far below what a browser can clone or compare. */
const maxNesting = 100;

/** The depth of nested objects and lists. */
function nesting(json: string): number {
  let [deepest, depth, isText] = [0, 0, false];
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (isText && code === backslash) at++;
    else if (code === quote) isText = !isText;
    else if (isText) continue;
    else if (code === brace || code === bracket) deepest = Math.max(deepest, ++depth);
    else if (code === brace + 2 || code === bracket + 2) depth--;
  }
  return deepest;
}

const [quote, backslash, brace, bracket] = [0x22, 0x5c, 0x7b, 0x5b];

/** The JSON of a file of chats, or lines of JSON as a list. Throws `import-foreign` and `import-damaged`. */
export function parseChatsFile(text: string): unknown {
  if (nesting(text) > maxNesting) throw new AppError('import-foreign');
  try {
    return JSON.parse(text);
  } catch (cause) {
    const lines = chatsOfLines(text);
    if (lines) return lines;
    const isOurs = text.slice(0, headCharacters).includes(`"${format}"`);
    throw new AppError(isOurs ? 'import-damaged' : 'import-foreign', {}, { cause });
  }
}
