/** Converts a file to a document. The bytes determine its format; the name only distinguishes kinds of text. */
import { maxDocumentBytes, maxDocumentCharacters } from '../../src/core/documents/document';
import { visibleText } from '../../src/core/visible-text';
import { AppError } from '../../src/protocol/errors';
import type { DocumentKind, DocumentText } from '../../src/protocol/documents';
import { decodeText } from './decode-text';
import { readEpub } from './epub';
import { readHtml } from './html';
import { readPdf } from './pdf';
import { isWordPart, wordText } from './word';
import { unzip } from './zip';

export interface Reading {
  readonly signal: AbortSignal;
  readonly onProgress: (progress01: number) => void;
}

/** Rejects with an AppError without the file's name, which the page adds. */
export async function readDocument(
  file: Blob,
  name: string,
  reading: Reading,
): Promise<DocumentText> {
  if (file.size > maxDocumentBytes) {
    throw new AppError('document-too-large', {
      sizeBytes: file.size,
      limitBytes: maxDocumentBytes,
    });
  }
  const bytes = await bytesOf(file);
  const document = await read(bytes, name.toLowerCase(), reading);
  if (document.text.trim() === '') throw new AppError('document-empty');
  if (document.text.length > maxDocumentCharacters) {
    throw new AppError('document-too-long', { limitCharacters: maxDocumentCharacters });
  }
  return document;
}

/** The browser opens a file only now: it may be gone, changed, or a folder that was dropped. */
async function bytesOf(file: Blob): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.arrayBuffer());
  } catch (cause) {
    throw new AppError('document-unreadable', {}, { cause });
  }
}

async function read(bytes: Uint8Array, name: string, reading: Reading): Promise<DocumentText> {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  if (isPdf(head, bytes)) return readPdf(bytes, reading);
  if (head.startsWith('PK\x03\x04')) return readPacked(bytes);
  if (head.startsWith('\xd0\xcf\x11\xe0')) {
    // Office stores an encrypted document in a container of its older format.
    const isEncrypted = includesUtf16(bytes, 'EncryptedPackage');
    throw new AppError(isEncrypted ? 'document-encrypted' : 'document-unknown-kind');
  }
  // Only the markup of these formats could be read.
  if (/^\s*(?:\{\\rtf|%!PS)/.test(head)) throw new AppError('document-unknown-kind');
  const text = decodeText(bytes);
  if (text === null) throw new AppError('document-unknown-kind');
  const kind = kindOfText(text, name);
  return { kind, text: visibleText(kind === 'html' ? readHtml(text) : text) };
}

/** Other bytes may stand before it; a text about the format has no such end. */
function isPdf(head: string, bytes: Uint8Array): boolean {
  const at = head.indexOf('%PDF-');
  return at === 0 || (at > 0 && String.fromCharCode(...bytes.subarray(-1024)).includes('%%EOF'));
}

function readPacked(bytes: Uint8Array): DocumentText {
  const isText = (name: string) => /\.(x?html?|opf)$/i.test(name);
  const wanted = /^META-INF\/(container|encryption)\.xml$/;
  const files = unzip(bytes, (name) => wanted.test(name) || isWordPart(name) || isText(name));
  const word = wordText(files);
  if (word !== null) return { kind: 'word', text: visibleText(word) };
  if (files.has('META-INF/container.xml')) {
    const text = readEpub(files);
    // Often only fonts are encrypted. If no chapter can be read, the chapters are encrypted too.
    if (text === '' && files.has('META-INF/encryption.xml')) {
      throw new AppError('document-encrypted');
    }
    return { kind: 'epub', text: visibleText(text) };
  }
  throw new AppError('document-unknown-kind');
}

function kindOfText(text: string, name: string): DocumentKind {
  if (/^\s*(<!doctype html|<html)\b/i.test(text.slice(0, 1000)) || /\.x?html?$/.test(name)) {
    return 'html';
  }
  if (/\.(csv|tsv)$/.test(name)) return 'csv';
  return /\.(md|markdown)$/.test(name) ? 'markdown' : 'text';
}

function includesUtf16(bytes: Uint8Array, word: string): boolean {
  const pattern = [...word].map((letter) => `${letter}\0`).join('');
  return new TextDecoder('latin1').decode(bytes).includes(pattern);
}
