/** Reads the parts of a WebAssembly file, one after the other. */
export class WasmReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get isAtEnd(): boolean {
    return this.#at >= this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.#at++]!;
  }

  /** An unsigned number in LEB128. */
  leb(): number {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = this.byte();
      value += (byte & 0x7f) * factor;
      if (byte < 0x80) return value;
    }
  }

  take(length: number): Uint8Array {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  rest(): Uint8Array {
    return this.take(this.#bytes.length - this.#at);
  }

  list<T>(read: (reader: WasmReader) => T): T[] {
    return Array.from({ length: this.leb() }, () => read(this));
  }

  /** The limits of a memory or a table. */
  limits(): void {
    const hasMaximum = (this.byte() & 1) === 1;
    this.leb();
    if (hasMaximum) this.leb();
  }
}
