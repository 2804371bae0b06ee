/**
 * A WebAssembly file whose functions can be replaced, and more of them added:
 * https://webassembly.github.io/spec/core/binary/modules.html
 */
import { type Code, leb } from './wasm-code.ts';
import { WasmReader } from './wasm-reader.ts';

const sections = { type: 1, import: 2, function: 3, element: 9, code: 10, data: 11 } as const;
const importKinds = { function: 0, table: 1, memory: 2, global: 3 } as const;

export class WasmBinary {
  readonly #head: Uint8Array;
  /** Their contents by number, in the file's order. */
  readonly #sections = new Map<number, Uint8Array>();
  readonly #imported: number;
  /** Those of the file's own functions; their numbers start after those that are imported. */
  readonly #bodies: Uint8Array[];
  /** The numbers of their types. */
  readonly #types: number[];

  /** Custom sections are left out. */
  constructor(bytes: Uint8Array) {
    const reader = new WasmReader(bytes);
    this.#head = reader.take(8);
    while (!reader.isAtEnd) {
      const section = reader.byte();
      const content = reader.take(reader.leb());
      if (section !== 0) this.#sections.set(section, content);
    }
    this.#imported = countFunctions(this.#read(sections.import));
    this.#types = this.#read(sections.function).list((reader) => reader.leb());
    this.#bodies = this.#read(sections.code).list((reader) => reader.take(reader.leb()));
  }

  get functions(): readonly number[] {
    return this.#bodies.map((_, at) => at + this.#imported);
  }

  /** Without its length. Throws if there is no such function. */
  body(index: number): Uint8Array {
    const body = this.#bodies[index - this.#imported];
    if (!body) throw new Error(`The WebAssembly file has no function ${index}.`);
    return body;
  }

  replace(index: number, body: Uint8Array): void {
    this.body(index);
    this.#bodies[index - this.#imported] = body;
  }

  /** Adds a function of a type that the file has, without a result; returns its number. */
  add(parameters: Code, body: Uint8Array): number {
    const wanted = String([...parameters, '>']);
    const type = this.#read(sections.type)
      .list((reader) => {
        reader.byte();
        const [from, to] = [reader.list((one) => one.byte()), reader.list((one) => one.byte())];
        return String([...from, '>', ...to]);
      })
      .indexOf(wanted);
    if (type < 0) throw new Error('The WebAssembly file has no function of that type.');
    this.#types.push(type);
    return this.#imported + this.#bodies.push(body) - 1;
  }

  /** A function's place in the table through which functions are called by their address. */
  slotOf(index: number): number {
    let slot = -1;
    this.#read(sections.element).list((reader) => {
      // Without flags, a segment is a constant, its end, and functions.
      if (reader.leb() !== 0) throw new Error('The WebAssembly file has another kind of table.');
      reader.byte();
      const start = reader.leb();
      reader.byte();
      const at = reader.list((one) => one.leb()).indexOf(index);
      if (at >= 0) slot = start + at;
    });
    if (slot < 0) throw new Error(`Function ${index} is in no table.`);
    return slot;
  }

  /** Replaces bytes of the initial memory by others of the same length. Throws if they are not there once. */
  replaceData(old: Uint8Array, bytes: Uint8Array): void {
    const data = Buffer.from(this.#sections.get(sections.data)!);
    const at = data.indexOf(old);
    if (at < 0 || data.indexOf(old, at + 1) >= 0) throw new Error('The data are not there once.');
    data.set(bytes, at);
    this.#sections.set(sections.data, data);
  }

  toBytes(): Uint8Array<ArrayBuffer> {
    const lists = new Map<number, readonly Uint8Array[]>([
      [sections.function, this.#types.map((type) => Uint8Array.from(leb(type)))],
      [sections.code, this.#bodies.flatMap((body) => [Uint8Array.from(leb(body.length)), body])],
    ]);
    const parts = [...this.#sections].flatMap(([section, content]) => {
      const items = lists.get(section);
      const whole = items
        ? Buffer.concat([Uint8Array.from(leb(this.#bodies.length)), ...items])
        : content;
      return [Uint8Array.from([section, ...leb(whole.length)]), whole];
    });
    return Uint8Array.from(Buffer.concat([this.#head, ...parts]));
  }

  #read(section: number): WasmReader {
    const content = this.#sections.get(section);
    if (!content) throw new Error(`The WebAssembly file has no section ${section}.`);
    return new WasmReader(content);
  }
}

function countFunctions(imports: WasmReader): number {
  let functions = 0;
  imports.list((reader) => {
    reader.take(reader.leb());
    reader.take(reader.leb());
    const kind = reader.byte();
    if (kind === importKinds.function) {
      functions += 1;
      reader.leb();
    } else if (kind === importKinds.memory) {
      reader.limits();
    } else if (kind === importKinds.table) {
      reader.byte();
      reader.limits();
    } else if (kind === importKinds.global) {
      reader.take(2);
    } else {
      // A type of exceptions.
      reader.byte();
      reader.leb();
    }
  });
  return functions;
}
