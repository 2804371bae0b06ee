/**
 * The data of an attached document: its text, which the reading worker makes from a file, and the record in its
 * question.
 */
import {
  checked,
  flag,
  listOf,
  number,
  type Of,
  oneOf,
  optional,
  Reading,
  readOrNull,
  record,
  text,
  recordId as id,
} from '../schema';
import { documentKinds, type DocumentText } from '../../protocol/documents';

/**
 * The size of a file, before it is read. A page of a PDF with text takes about 3 KB, with a picture a hundred times
 * that.
 */
export const maxDocumentBytes = 50_000_000;
/** The unpacked size of a packed document (Word, EPUB): a small file can claim any size. */
export const maxUnpackedBytes = 50_000_000;
export const maxDocumentPages = 1500;
/** The length of its text: about 1,500 full pages. */
export const maxDocumentCharacters = 5_000_000;
/** The number of documents of one question. */
export const maxAttachments = 8;
/** A longer paste is offered to become a document. */
export const longPasteCharacters = 2500;

/** A stored document: once for all files with this content, whatever their names are. */
export interface StoredDocument extends DocumentText {
  /** SHA-256 of kind and text, in hex. */
  readonly id: string;
}

const name = checked<string>(
  (value, isStrict) => typeof value === 'string' && (!isStrict || value.length <= 1000),
);

/** The record of a document in its question. */
export const attachmentSchema = record({
  id,
  name,
  kind: text,
  pages: optional(number),
  characters: number,
  /** The visitor set it aside: prompts no longer contain it. */
  unused: optional(flag),
});

/** A passage of a document that was in a prompt: its range in the text. */
export const passageSchema = record({
  documentId: id,
  name,
  from: number,
  to: number,
  page: optional(number),
});

const storedSchema = record({
  id,
  kind: oneOf(...documentKinds),
  text,
  pageStarts: optional(listOf(number)),
});

export type Attachment = Of<typeof attachmentSchema>;
export type GivenPassage = Of<typeof passageSchema>;

/** Reads a stored document; null if it is invalid. */
export function readStoredDocument(
  value: unknown,
  { isStrict = false } = {},
): StoredDocument | null {
  return readOrNull(storedSchema, value, new Reading(isStrict));
}

export function attachmentOf(
  name: string,
  { id, kind, text, pageStarts }: StoredDocument,
): Attachment {
  const pages = pageStarts ? { pages: pageStarts.length } : {};
  return { id, name, kind, ...pages, characters: text.length };
}

/** The page, from 1, of a place of the text; undefined if the document has no pages. */
export function pageAt(pageStarts: readonly number[] | undefined, at: number): number | undefined {
  if (!pageStarts || pageStarts.length === 0) return undefined;
  let [low, high] = [0, pageStarts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (pageStarts[middle]! <= at) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}
