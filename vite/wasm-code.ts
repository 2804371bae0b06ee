/**
 * Writes the body of a WebAssembly function. The opcodes are those of
 * https://webassembly.github.io/spec/core/binary/instructions.html
 */
export type Code = readonly number[];

/** An unsigned number in LEB128. */
export function leb(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  while (rest > 0x7f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>>= 7;
  }
  return [...bytes, rest];
}

/** A signed number of at most 32 bits in LEB128. */
function signedLeb(value: number): Code {
  const bytes: number[] = [];
  let rest = value;
  while (rest < -0x40 || rest > 0x3f) {
    bytes.push((rest & 0x7f) | 0x80);
    rest >>= 7;
  }
  return [...bytes, rest & 0x7f];
}

/** An operation on operands that are computed before it, in order. */
const op =
  (...opcode: readonly number[]) =>
  (...operands: readonly Code[]): Code => [...operands.flat(), ...opcode];
const simdOp = (opcode: number) => op(0xfd, ...leb(opcode));
const memory = (align: number, offset: number) => [align, ...leb(offset)];

export const i32 = {
  const: (value: number): Code => [0x41, ...signedLeb(value)],
  add: op(0x6a),
  sub: op(0x6b),
  mul: op(0x6c),
  shrU: op(0x76),
  and: op(0x71),
  or: op(0x72),
  load: (address: Code, offset: number): Code => [...address, 0x28, ...memory(0, offset)],
  store: (address: Code, value: Code, offset: number): Code => [
    ...address,
    ...value,
    0x36,
    ...memory(0, offset),
  ],
  eq: op(0x46),
  eqz: op(0x45),
  gtS: op(0x4a),
  geU: op(0x4f),
};

/** On numbers of 32 bits in shared memory. */
export const atomic = {
  load: (address: Code, offset: number): Code => [...address, 0xfe, 0x10, ...memory(2, offset)],
  /** Sleeps while the number is the expected one; leaves what ended it. */
  wait: (address: Code, expected: Code, longestNs: number, offset: number): Code => [
    ...address,
    ...expected,
    0x42,
    ...signedLeb(longestNs),
    0xfe,
    0x01,
    ...memory(2, offset),
  ],
  /** Wakes at most that many threads, at an address before it; leaves how many there were. */
  notify: (count: Code, offset: number): Code => [...count, 0xfe, 0x00, ...memory(2, offset)],
};

export const f32 = {
  add: op(0x92),
  sub: op(0x93),
  store: (address: Code, value: Code): Code => [...address, ...value, 0x38, ...memory(2, 0)],
};

export const f64 = {
  const: (value: number): Code => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)],
  eq: op(0x61),
  lt: op(0x63),
  sub: op(0xa1),
  mul: op(0xa2),
  min: op(0xa4),
};

/** Shifts take a number of bits as their second operand. */
export const simd = {
  load: (address: Code, offset: number): Code => [...address, 0xfd, 0, ...memory(0, offset)],
  /** Reads 16 or 32 bits into one lane, and leaves the others. */
  loadLane: (bits: 16 | 32, address: Code, vector: Code, lane: number): Code => [
    ...address,
    ...vector,
    0xfd,
    bits === 16 ? 0x55 : 0x56,
    ...memory(0, 0),
    lane,
  ],
  /** Four equal lanes of 32 bits. */
  splat: (bits: number): Code => {
    const lane = [bits & 0xff, (bits >>> 8) & 0xff, (bits >>> 16) & 0xff, bits >>> 24];
    return [0xfd, 0x0c, ...lane, ...lane, ...lane, ...lane];
  },
  /** Picks four lanes of 32 bits: 0 to 3 from the first vector, 4 to 7 from the second. */
  pick: (a: Code, b: Code, lanes: readonly [number, number, number, number]): Code => [
    ...a,
    ...b,
    0xfd,
    0x0d,
    ...lanes.flatMap((lane) => [4 * lane, 4 * lane + 1, 4 * lane + 2, 4 * lane + 3]),
  ],
  /** Two neighbouring lanes of 16 bits from each pair of numbers: places 0 to 7 are of the first vector. */
  pick16: (a: Code, b: Code, lanes: readonly number[]): Code => [
    ...a,
    ...b,
    0xfd,
    0x0d,
    ...lanes.flatMap((lane) => [2 * lane, 2 * lane + 1]),
  ],
  /** The same 32 bits of memory in four lanes. */
  loadSplat: (address: Code, offset: number): Code => [...address, 0xfd, 9, ...memory(0, offset)],
  splatInt: simdOp(0x11),
  extractFloat: (vector: Code, lane: number): Code => [...vector, 0xfd, 0x1f, lane],
  and: simdOp(0x4e),
  or: simdOp(0x50),
  shl8: simdOp(0x6b),
  shrU8: simdOp(0x6d),
  add8: simdOp(0x6e),
  /** Eight bytes to lanes of 16 bits, without a sign or with one. */
  widenLow: simdOp(0x89),
  widenLowS: simdOp(0x87),
  widenHighS: simdOp(0x88),
  /** Products of bytes, as lanes of 16 bits. */
  mulLow8: simdOp(0x9c),
  mulHigh8: simdOp(0x9d),
  shl16: simdOp(0x8b),
  shrS16: simdOp(0x8c),
  shrU16: simdOp(0x8d),
  add16: simdOp(0x8e),
  /** Lanes of 32 bits to lanes of 16. */
  narrow: simdOp(0x85),
  shl32: simdOp(0xab),
  shrS32: simdOp(0xac),
  add32: simdOp(0xae),
  /** Products of lanes of 16 bits; the sums of neighbours are lanes of 32. */
  dot: simdOp(0xba),
  addFloats: simdOp(0xe4),
  mulFloats: simdOp(0xe6),
  toFloats: simdOp(0xfa),
};

export const getLocal = (local: number): Code => [0x20, ...leb(local)];
export const setLocal = (local: number, value: Code): Code => [...value, 0x21, ...leb(local)];

export const getGlobal = (global: number): Code => [0x23, ...leb(global)];
export const setGlobal = (global: number, value: Code): Code => [...value, 0x24, ...leb(global)];

export const call = (index: number, ...operands: readonly Code[]): Code => [
  ...operands.flat(),
  0x10,
  ...leb(index),
];

/** Leaves one of two values. */
export const select = (condition: Code, yes: Code, no: Code): Code => [
  ...yes,
  ...no,
  ...condition,
  0x1b,
];

/** Runs the code if the condition holds. */
export const when = (condition: Code, ...code: readonly Code[]): Code => [
  ...condition,
  0x04,
  0x40,
  ...code.flat(),
  0x0b,
];

/** Runs one code if the condition holds, else the other. */
export const either = (condition: Code, yes: readonly Code[], no: readonly Code[]): Code => [
  ...condition,
  0x04,
  0x40,
  ...yes.flat(),
  0x05,
  ...no.flat(),
  0x0b,
];

/** Repeats the code as long as the condition holds, which is looked at before each round. */
export function loopWhile(condition: Code, ...code: readonly Code[]): Code {
  const [block, loop, branchIf, branch, end] = [[0x02, 0x40], [0x03, 0x40], 0x0d, 0x0c, 0x0b];
  const round = [...i32.eqz(condition), branchIf, 1, ...code.flat(), branch, 0];
  return [...block, ...loop, ...round, end, end];
}

export const valueTypes = { i32: 0x7f, f32: 0x7d, f64: 0x7c, v128: 0x7b } as const;
export type ValueType = keyof typeof valueTypes;

/** The variables of a function: its parameters first, then those that are added. */
export class Locals {
  readonly #parameters: number;
  readonly #added: ValueType[] = [];

  constructor(parameters: number) {
    this.#parameters = parameters;
  }

  add(type: ValueType): number {
    return this.#parameters + this.#added.push(type) - 1;
  }

  /** The function's body as the code section has it, without its length. */
  body(...code: readonly Code[]): Uint8Array {
    const declared = this.#added.flatMap((type) => [1, valueTypes[type]]);
    return Uint8Array.from([...leb(this.#added.length), ...declared, ...code.flat(), 0x0b]);
  }
}
