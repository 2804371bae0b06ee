/** Unpacks the wanted files of a ZIP archive, up to a limit. The sizes that the archive claims are not trusted. */
import { Unzip, UnzipInflate } from 'fflate';
import { AppError } from '../../src/protocol/errors';
import { maxUnpackedBytes } from '../../src/core/documents/document';

/** The size of an input piece. It unpacks to at most a thousand times as much, which still fits into memory. */
const pieceBytes = 16_384;

/** No document has so many parts. An archive of millions of empty files would take minutes. */
const maxFiles = 5000;

/**
 * Returns the files by name. Throws `document-too-large` if they unpack to too much, `document-broken` if it is not an
 * archive.
 */
export function unzip(
  bytes: Uint8Array,
  isWanted: (name: string) => boolean,
): ReadonlyMap<string, Uint8Array> {
  const files = new Map<string, Uint8Array[]>();
  let sizeBytes = 0;
  let failure: unknown = null;
  const archive = new Unzip((file) => {
    if (!isWanted(file.name)) return;
    const pieces: Uint8Array[] = [];
    files.set(file.name, pieces);
    if (files.size > maxFiles) throw new Error('too many files');
    file.ondata = (error, piece) => {
      failure ??= error;
      sizeBytes += piece?.length ?? 0;
      if (sizeBytes <= maxUnpackedBytes) pieces.push(piece);
    };
    file.start();
  });
  archive.register(UnzipInflate);
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      archive.push(bytes.subarray(at, at + pieceBytes), at + pieceBytes >= bytes.length);
      if (sizeBytes > maxUnpackedBytes) break;
    }
  } catch (cause) {
    failure ??= cause;
  }
  if (sizeBytes > maxUnpackedBytes) {
    throw new AppError('document-too-large', { sizeBytes, limitBytes: maxUnpackedBytes });
  }
  if (failure) throw new AppError('document-broken', {}, { cause: failure });
  return new Map([...files].map(([name, pieces]) => [name, joined(pieces)]));
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
