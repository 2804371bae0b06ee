/**
 * Unpacks some files of a ZIP archive of any size. Only these files are read, up to a limit. Throws `import-archive`
 * for an archive that is broken, encrypted or larger than 4 GB.
 */
import { AppError } from '../../src/protocol/errors';

interface Entry {
  readonly name: string;
  readonly isDeflated: boolean;
  /** False if it is encrypted, or packed in another way. */
  readonly isReadable: boolean;
  readonly packedBytes: number;
  readonly headerAt: number;
}

export interface Unpacking {
  readonly limitBytes: number;
  readonly signal: AbortSignal;
}

/** The limit of the directory: an export has a file for each picture of its chats. */
const directoryLimitBytes = 50_000_000;

export async function unzipTexts(
  archive: Blob,
  isWanted: (name: string) => boolean,
  { limitBytes, signal }: Unpacking,
): Promise<readonly string[]> {
  const entries = (await readDirectory(archive)).filter(({ name }) => isWanted(name));
  const texts: string[] = [];
  let leftBytes = limitBytes;
  for (const entry of entries) {
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of unpacked(archive, entry)) {
      signal.throwIfAborted();
      leftBytes -= piece.length;
      if (leftBytes < 0) {
        const data = { sizeBytes: limitBytes - leftBytes, limitBytes };
        throw new AppError('import-too-large', data);
      }
      text += decoder.decode(piece, { stream: true });
    }
    texts.push(text + decoder.decode());
  }
  return texts;
}

async function* unpacked(archive: Blob, entry: Entry): AsyncGenerator<Uint8Array, void> {
  if (!entry.isReadable) throw broken();
  const header = await viewOf(archive, entry.headerAt, 30);
  if (header.getUint32(0, true) !== 0x04034b50) throw broken();
  const from = entry.headerAt + 30 + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = archive.slice(from, from + entry.packedBytes).stream();
  const reader = (
    entry.isDeflated ? packed.pipeThrough(new DecompressionStream('deflate-raw')) : packed
  ).getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw broken(cause);
      });
      if (done) return;
      yield value;
    }
  } finally {
    void reader.cancel().catch(() => {});
  }
}

/** The directory is at the end; a comment of at most 64 KiB may follow it. */
async function readDirectory(archive: Blob): Promise<readonly Entry[]> {
  const tailBytes = Math.min(archive.size, 22 + 0xffff);
  const tail = await viewOf(archive, archive.size - tailBytes, tailBytes);
  let at = tailBytes - 22;
  while (at >= 0 && tail.getUint32(at, true) !== 0x06054b50) at--;
  if (at < 0) throw broken();
  const sizeBytes = tail.getUint32(at + 12, true);
  const begin = tail.getUint32(at + 16, true);
  if (sizeBytes > directoryLimitBytes || begin + sizeBytes > archive.size) throw broken();
  return entriesIn(await viewOf(archive, begin, sizeBytes));
}

function entriesIn(view: DataView): readonly Entry[] {
  const entries: Entry[] = [];
  const names = new TextDecoder();
  for (let at = 0; at + 46 <= view.byteLength;) {
    if (view.getUint32(at, true) !== 0x02014b50) throw broken();
    const nameBytes = view.getUint16(at + 28, true);
    const next =
      at + 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > view.byteLength) throw broken();
    const method = view.getUint16(at + 10, true);
    const isEncrypted = (view.getUint16(at + 8, true) & 1) !== 0;
    entries.push({
      name: names.decode(new Uint8Array(view.buffer, view.byteOffset + at + 46, nameBytes)),
      isDeflated: method === 8,
      isReadable: !isEncrypted && (method === 8 || method === 0),
      packedBytes: view.getUint32(at + 20, true),
      headerAt: view.getUint32(at + 42, true),
    });
    at = next;
  }
  return entries;
}

async function viewOf(archive: Blob, from: number, sizeBytes: number): Promise<DataView> {
  const bytes = await archive.slice(from, from + sizeBytes).arrayBuffer();
  if (bytes.byteLength < sizeBytes) throw broken();
  return new DataView(bytes);
}

const broken = (cause?: unknown) => new AppError('import-archive', {}, { cause });
