/** What an attached document is: its text, made from a file by the reader worker, and what a question keeps of it. */
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

/** Of a file, before it is read. A page of a PDF with text takes about 3 KB, with a picture a hundred times that. */
export const maxDocumentBytes = 50_000_000;
/** Of what a packed document (Word, EPUB) unpacks to: a small file can claim any size. */
export const maxUnpackedBytes = 50_000_000;
export const maxDocumentPages = 1500;
/** Of the text that comes of it: about 1,500 full pages. */
export const maxDocumentCharacters = 5_000_000;
/** Of one question. */
export const maxAttachments = 8;
/** A longer paste is offered to become a document. */
export const longPasteCharacters = 2500;

/** As it is stored: once, whatever the files are called that have this content. */
export interface StoredDocument extends DocumentText {
  /** SHA-256 of kind and text, in hex. */
  readonly id: string;
}

const name = checked<string>(
  (value, isStrict) => typeof value === 'string' && (!isStrict || value.length <= 1000),
);

/** What a question keeps of a document that came with it. */
export const attachmentSchema = record({
  id,
  name,
  kind: text,
  pages: optional(number),
  characters: number,
  /** The visitor set it aside: the model is no longer given it. */
  unused: optional(flag),
});

/** A part of a document that the model was given, from where to where in its text. */
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

/** Of a stored value, the document; null where it is none. */
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

/** The page, from 1, that a place of the text is on; undefined where there are none. */
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
