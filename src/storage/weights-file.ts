/**
 * A stored file, read piece by piece. Without Blobs its chunks are bytes, which must not all be in memory when
 * the file is opened.
 */

export const chunkBytes = 8 * 1024 * 1024;

/** A stored chunk: a Blob, or bytes if IndexedDB takes no Blobs. A file may have both. */
export type StoredChunk = Blob | ArrayBuffer;

/** True for errors of reading if the browser has lost stored data or a picked file is gone. */
export const isUnreadable = (error: unknown) =>
  error instanceof DOMException && /^Not(Found|Readable)Error$/.test(error.name);

/** The part of a Blob's interface that is used. */
export interface FileContent extends Pick<Blob, 'size' | 'stream' | 'arrayBuffer' | 'text'> {
  slice(start: number, end: number): Pick<Blob, 'arrayBuffer' | 'text'>;
}

/**
 * Holds one chunk in memory at a time. Reads reject with a NotReadableError if a chunk is lost or cut short.
 */
export class ChunkedFile implements FileContent {
  readonly size: number;
  readonly #readChunk: (index: number) => Promise<StoredChunk | undefined>;

  /** All chunks but the last have `chunkBytes`. */
  constructor(size: number, readChunk: (index: number) => Promise<StoredChunk | undefined>) {
    this.size = size;
    this.#readChunk = readChunk;
  }

  slice(start: number, end: number): Pick<Blob, 'arrayBuffer' | 'text'> {
    const arrayBuffer = async () => (await this.#read(start, Math.min(end, this.size))).buffer;
    const text = async () => new TextDecoder().decode(await arrayBuffer());
    return { arrayBuffer, text };
  }

  arrayBuffer(): Promise<ArrayBuffer> {
    return this.slice(0, this.size).arrayBuffer();
  }

  text(): Promise<string> {
    return this.slice(0, this.size).text();
  }

  /** Reads each chunk on demand. */
  stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    let start = 0;
    return new ReadableStream<Uint8Array<ArrayBuffer>>(
      {
        pull: async (controller) => {
          if (start >= this.size) return controller.close();
          const end = Math.min(start + chunkBytes, this.size);
          controller.enqueue(await this.#read(start, end));
          start = end;
        },
      },
      { highWaterMark: 0 },
    );
  }

  /** For a reader without access to this storage. The browser, not the page's memory, holds a Blob's bytes. */
  async toBlob(): Promise<Blob> {
    const parts: Blob[] = [];
    for (let index = 0; index * chunkBytes < this.size; index += 1) {
      const chunk = await this.#readChunk(index);
      if (!chunk) break;
      parts.push(chunk instanceof Blob ? chunk : new Blob([chunk]));
    }
    return new Blob(parts);
  }

  /** Returns a new buffer. */
  async #read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(Math.max(0, end - start));
    for (let at = start; at < end;) {
      const index = Math.floor(at / chunkBytes);
      const from = at - index * chunkBytes;
      const to = Math.min(end - index * chunkBytes, chunkBytes);
      bytes.set(await this.#readPiece(index, from, to), at - start);
      at += to - from;
    }
    return bytes;
  }

  async #readPiece(index: number, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const chunk = await this.#readChunk(index);
    const piece =
      chunk instanceof Blob
        ? new Uint8Array(await chunk.slice(from, to).arrayBuffer())
        : new Uint8Array(chunk ?? []).subarray(from, to);
    if (piece.length === to - from) return piece;
    throw new DOMException(`part ${index} is lost or cut short`, 'NotReadableError');
  }
}
