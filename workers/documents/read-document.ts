/** Turns a file into a document: what it is, is told by its bytes; its name only tells kinds of text apart. */
import { maxDocumentBytes, maxDocumentCharacters } from '../../src/core/documents/document';
import { AppError } from '../../src/protocol/errors';
import type { DocumentKind, DocumentText } from '../../src/protocol/documents';
import { decodeText } from './decode-text';
import { readEpub } from './epub';
import { readHtml } from './html';
import { readPdf } from './pdf';
import { readWord } from './word';
import { unzip } from './zip';

export interface Reading {
  readonly signal: AbortSignal;
  readonly onProgress: (done01: number) => void;
}

/** Rejects with an AppError whose data has no name: the page knows it. */
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
  const bytes = new Uint8Array(await file.arrayBuffer());
  const document = await read(bytes, name.toLowerCase(), reading);
  if (document.text.trim() === '') throw new AppError('document-empty');
  if (document.text.length > maxDocumentCharacters) {
    throw new AppError('document-too-long', { limitCharacters: maxDocumentCharacters });
  }
  return { ...document, text: document.text.toWellFormed() };
}

async function read(bytes: Uint8Array, name: string, reading: Reading): Promise<DocumentText> {
  const head = String.fromCharCode(...bytes.subarray(0, 1024));
  if (head.includes('%PDF-')) return readPdf(bytes, reading);
  if (head.startsWith('PK\x03\x04')) return readPacked(bytes);
  if (head.startsWith('\xd0\xcf\x11\xe0')) {
    // Office wraps an encrypted document in its older format.
    const isEncrypted = includesUtf16(bytes, 'EncryptedPackage');
    throw new AppError(isEncrypted ? 'document-encrypted' : 'document-unknown-kind');
  }
  const text = decodeText(bytes);
  if (text === null) throw new AppError('document-unknown-kind');
  const kind = kindOfText(text, name);
  return { kind, text: kind === 'html' ? readHtml(text) : text };
}

function readPacked(bytes: Uint8Array): DocumentText {
  const isText = (name: string) => /\.(x?html?|opf)$/i.test(name);
  const wanted = /^(word\/document\.xml|META-INF\/(container|encryption)\.xml|mimetype)$/;
  const files = unzip(bytes, (name) => wanted.test(name) || isText(name));
  if (files.has('word/document.xml')) return { kind: 'word', text: readWord(files) };
  if (files.has('META-INF/container.xml')) {
    const text = readEpub(files);
    // Fonts alone may be scrambled; where nothing can be read, the chapters are.
    if (text === '' && files.has('META-INF/encryption.xml')) {
      throw new AppError('document-encrypted');
    }
    return { kind: 'epub', text };
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
