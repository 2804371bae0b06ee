/**
 * A WebAssembly file whose functions can be replaced, and more of them added:
 * https://webassembly.github.io/spec/core/binary/modules.html
 */
import { f64, i32, leb, type ValueType, valueTypes } from './wasm-code.ts';
import { WasmReader } from './wasm-reader.ts';

const sections = {
  type: 1,
  import: 2,
  function: 3,
  global: 6,
  element: 9,
  code: 10,
  data: 11,
} as const;
const importKinds = { function: 0, table: 1, memory: 2, global: 3 } as const;

export interface FunctionType {
  readonly parameters: readonly ValueType[];
  readonly results: readonly ValueType[];
}

interface ImportedFunction {
  readonly name: string;
  /** Its number. */
  readonly type: number;
}

export class WasmBinary {
  readonly #head: Uint8Array;
  /** Their contents by number, in the file's order. */
  readonly #sections = new Map<number, Uint8Array>();
  /** The imported functions' names and types. */
  readonly #imports: readonly ImportedFunction[];
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
    this.#imports = importedFunctions(this.#read(sections.import));
    this.#types = this.#read(sections.function).list((reader) => reader.leb());
    this.#bodies = this.#read(sections.code).list((reader) => reader.take(reader.leb()));
  }

  get functions(): readonly number[] {
    return this.#bodies.map((_, at) => at + this.#imports.length);
  }

  /** Without its length. Throws if there is no such function. */
  body(index: number): Uint8Array {
    const body = this.#bodies[index - this.#imports.length];
    if (!body) throw new Error(`The WebAssembly file has no function ${index}.`);
    return body;
  }

  /** A function's body as text with a character for each byte, for patterns. */
  code(index: number): string {
    return Buffer.from(this.body(index)).toString('latin1');
  }

  /** The functions whose code has the pattern. */
  matching(pattern: RegExp): readonly number[] {
    return this.functions.filter((index) => pattern.test(this.code(index)));
  }

  replace(index: number, body: Uint8Array): void {
    this.body(index);
    this.#bodies[index - this.#imports.length] = body;
  }

  /** Adds a function of a type that the file has; returns its number. */
  add(type: FunctionType, body: Uint8Array): number {
    this.#types.push(this.#typeNumber(type));
    return this.#imports.length + this.#bodies.push(body) - 1;
  }

  /** Adds a variable of each instance, which starts as zero, to those that the file has; returns its number. */
  addGlobal(type: 'i32' | 'f64'): number {
    const content = this.#read(sections.global);
    const count = content.leb();
    const zero = type === 'i32' ? i32.const(0) : f64.const(0);
    const [mutable, end] = [1, 0x0b];
    const added = [valueTypes[type], mutable, ...zero, end];
    const whole = Uint8Array.from([...leb(count + 1), ...content.rest(), ...added]);
    this.#sections.set(sections.global, whole);
    return count;
  }

  /** The number of an imported function. Throws if there is none of that name and type. */
  imported(name: string, type: FunctionType): number {
    const number = this.#typeNumber(type);
    const index = this.#imports.findIndex((one) => one.name === name && one.type === number);
    if (index < 0)
      throw new Error(`The WebAssembly file imports no function ${name} of that type.`);
    return index;
  }

  #typeNumber({ parameters, results }: FunctionType): number {
    const codes = (types: readonly ValueType[]) => types.map((type) => valueTypes[type]);
    const wanted = String([...codes(parameters), '>', ...codes(results)]);
    const number = this.#read(sections.type)
      .list((reader) => {
        reader.byte();
        const [from, to] = [reader.list((one) => one.byte()), reader.list((one) => one.byte())];
        return String([...from, '>', ...to]);
      })
      .indexOf(wanted);
    if (number < 0) throw new Error('The WebAssembly file has no function of that type.');
    return number;
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

function importedFunctions(imports: WasmReader): readonly ImportedFunction[] {
  const functions: ImportedFunction[] = [];
  imports.list((reader) => {
    reader.take(reader.leb());
    const name = new TextDecoder().decode(reader.take(reader.leb()));
    const kind = reader.byte();
    if (kind === importKinds.function) {
      functions.push({ name, type: reader.leb() });
    } else if (kind === importKinds.memory) {
      reader.limits();
    } else if (kind === importKinds.table) {
      reader.byte();
      reader.limits();
    } else {
      // A type of exceptions. Imported variables would shift the numbers of those that are added.
      if (kind === importKinds.global) throw new Error('The WebAssembly file imports variables.');
      reader.byte();
      reader.leb();
    }
  });
  return functions;
}
