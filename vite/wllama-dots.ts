/**
 * Dot products of quantised weights for llama.cpp in WebAssembly: `ggml_vec_dot_q4_0_q8_0`, `_q4_1_q8_1` and
 * `_q8_0_q8_0`. They give the same bits as llama.cpp's own: the integers are exact in any order, and floats are
 * multiplied and added in llama.cpp's order. See docs/decisions/0035-cpu-kernels.md.
 *
 * A block is 32 weights with a header: a scale, in Q4_1 also an offset, as 16-bit floats. The layouts are those of
 * `block_q4_0`, `block_q4_1`, `block_q8_0` and `block_q8_1` in ggml-common.h.
 */
import {
  type Code,
  f32,
  getLocal,
  i32,
  Locals,
  loopWhile,
  setLocal,
  simd,
  when,
} from './wasm-code.ts';

export type WeightType = 'q4_0' | 'q4_1' | 'q8_0';

/** Numbers of parameters: the same for all dot products of ggml. */
export const dotParameters = {
  n: 0,
  s: 1,
  bs: 2,
  x: 3,
  bx: 4,
  y: 5,
  by: 6,
  nrc: 7,
  count: 8,
} as const;
const parameters = dotParameters;
/** Rows are rarely a multiple of four blocks; then two, and one. */
const blocksAtOnce = [4, 2, 1] as const;
type BlocksAtOnce = (typeof blocksAtOnce)[number];

type Four<T> = readonly [T, T, T, T];

interface Format {
  /** Sizes in bytes. */
  readonly xBlock: number;
  readonly yBlock: number;
  readonly header: number;
  /** Four vectors of 16-bit integers. */
  unpackX(load: (offset: number) => Code, keep: (value: Code) => Code): Four<Code>;
  unpackY(load: (offset: number) => Code, keep: (value: Code) => Code): Four<Code>;
  /** The four partial sums of a block's products. */
  products(x: Four<Code>, y: Four<Code>): Code;
  /** From four blocks, the sum of each. */
  sums(blocks: Four<Code>, keep: (value: Code) => Code): Code;
  /** Four blocks' parts of the result. */
  scaled(sums: Code, x: Header, y: Header): Code;
}

interface Header {
  readonly scale: Code;
  /** Of weights, their offset; of the other factor, its scaled sum. */
  readonly offset: Code;
}

const { and, add32, dot, shl16, shrS16, shrU16, shrS32, mulFloats, toFloats } = simd;
const bits = (count: number) => i32.const(count);

/**
 * Bytes are taken as pairs in 16 bits. A mask or one shift makes numbers of either half, some of them with a factor,
 * which is a power of two. The product with the other half's factor is shifted back once for a block.
 */
const nibbles = (zero: number) => ({
  unpackX(load: (offset: number) => Code, keep: (value: Code) => Code): Four<Code> {
    const q = keep(load(0));
    const less = (factor: number, value: Code) =>
      zero === 0 ? value : simd.add16(value, simd.splat(pairOf(-zero * factor)));
    return [
      less(1, and(q, simd.splat(pairOf(0x000f)))),
      less(256, and(q, simd.splat(pairOf(0x0f00)))),
      less(16, and(q, simd.splat(pairOf(0x00f0)))),
      less(1, shrU16(q, bits(12))),
    ];
  },
  unpackY(load: (offset: number) => Code, keep: (value: Code) => Code): Four<Code> {
    const [low, high] = [keep(load(0)), keep(load(16))];
    return [shl16(low, bits(8)), shrS16(low, bits(8)), shl16(high, bits(8)), shrS16(high, bits(8))];
  },
  products([a, b, c, d]: Four<Code>, [e, f, g, h]: Four<Code>): Code {
    const by256 = add32(add32(dot(a, e), dot(b, f)), shrS32(dot(c, g), bits(4)));
    return add32(shrS32(by256, bits(8)), dot(d, h));
  },
  /** Sums of eight and of sixteen products of at most 15 and 128 have room in 16 bits. */
  sums([a, b, c, d]: Four<Code>): Code {
    const ones = simd.splat(pairOf(1));
    const pairs = (one: Code, other: Code) => dot(simd.narrow(one, other), ones);
    return pairs(pairs(a, b), pairs(c, d));
  },
});

/** The same 16 bits twice. */
const pairOf = (value: number) => ((value & 0xffff) << 16) | (value & 0xffff);

const formats: Readonly<Record<WeightType, Format>> = {
  q4_1: {
    xBlock: 20,
    yBlock: 36,
    header: 4,
    ...nibbles(0),
    scaled: (sums, x, y) =>
      simd.addFloats(
        mulFloats(mulFloats(x.scale, y.scale), toFloats(sums)),
        mulFloats(x.offset, y.offset),
      ),
  },
  q4_0: {
    xBlock: 18,
    yBlock: 34,
    header: 2,
    ...nibbles(8),
    scaled: (sums, x, y) => mulFloats(mulFloats(x.scale, toFloats(sums)), y.scale),
  },
  q8_0: {
    xBlock: 34,
    yBlock: 34,
    header: 2,
    unpackX(load, keep) {
      const [first, second] = [keep(load(0)), keep(load(16))];
      const even = (pair: Code) => shrS16(shl16(pair, bits(8)), bits(8));
      return [even(first), shrS16(first, bits(8)), even(second), shrS16(second, bits(8))];
    },
    unpackY: nibbles(0).unpackY,
    products([a, b, c, d], [e, f, g, h]) {
      return add32(shrS32(add32(dot(a, e), dot(c, g)), bits(8)), add32(dot(b, f), dot(d, h)));
    },
    sums([a, b, c, d], keep) {
      // A four by four transposition, with the additions in between.
      const halves = (one: Code, other: Code) =>
        keep(add32(simd.pick(one, other, [0, 4, 1, 5]), simd.pick(one, other, [2, 6, 3, 7])));
      const [ab, cd] = [halves(a, b), halves(c, d)];
      return add32(simd.pick(ab, cd, [0, 1, 4, 5]), simd.pick(ab, cd, [2, 3, 6, 7]));
    },
    scaled: (sums, x, y) => mulFloats(toFloats(sums), mulFloats(x.scale, y.scale)),
  },
};

/**
 * The function for one row of weights and one column; and, where its last parameter is 2, for two of each, which llama.cpp
 * asks for where the type's `nrows` is 2.
 */
export function dotProduct(type: WeightType): Uint8Array {
  const locals = new Locals(parameters.count);
  const alone = tile(formats[type], locals, 1);
  const two = tile(formats[type], locals, 2);
  const isTwo = i32.eq(getLocal(parameters.nrc), i32.const(2));
  return locals.body(when(isTwo, two, [0x0f]), alone);
}

/** All dot products of `size` rows and `size` columns. */
function tile(format: Format, locals: Locals, size: 1 | 2): Code {
  const range = Array.from({ length: size }, (_, at) => at);
  const left = locals.add('i32');
  const xs = range.map(() => locals.add('i32'));
  const ys = range.map(() => locals.add('i32'));
  const results = range.map(() => range.map(() => locals.add('f32')));
  const start: Code[] = [
    setLocal(left, i32.shrU(getLocal(parameters.n), i32.const(5))),
    ...range.flatMap((at) => {
      const from = (first: number, step: number) =>
        at === 0 ? getLocal(first) : i32.add(getLocal(first), getLocal(step));
      return [
        setLocal(xs[at]!, from(parameters.x, parameters.bx)),
        setLocal(ys[at]!, from(parameters.y, parameters.by)),
      ];
    }),
  ];
  const some = (count: BlocksAtOnce) => [
    ...blocks(format, locals, { xs, ys, results, count }),
    ...xs.flatMap((x) => setLocal(x, i32.add(getLocal(x), i32.const(count * format.xBlock)))),
    ...ys.flatMap((y) => setLocal(y, i32.add(getLocal(y), i32.const(count * format.yBlock)))),
    ...setLocal(left, i32.sub(getLocal(left), i32.const(count))),
  ];
  const stores = range.flatMap((row) =>
    range.map((column) => {
      // `bs` counts floats.
      const byColumn = i32.mul(getLocal(parameters.bs), i32.const(4 * column));
      const place = i32.add(i32.add(getLocal(parameters.s), i32.const(4 * row)), byColumn);
      return f32.store(place, getLocal(results[row]![column]!));
    }),
  );
  return [
    ...start.flat(),
    ...blocksAtOnce.flatMap((count) =>
      loopWhile(i32.geU(getLocal(left), i32.const(count)), some(count)),
    ),
    ...stores.flat(),
  ];
}

interface Tile {
  /** Variables with the addresses of the next blocks. */
  readonly xs: readonly number[];
  readonly ys: readonly number[];
  /** Variables, by row and column. */
  readonly results: readonly (readonly number[])[];
  readonly count: BlocksAtOnce;
}

/** Adds the products of some blocks to the results. */
function blocks(format: Format, locals: Locals, { xs, ys, results, count }: Tile): Code {
  const code: Code[] = [];
  const keep = (value: Code) => {
    const local = locals.add('v128');
    code.push(setLocal(local, value));
    return getLocal(local);
  };
  const none = simd.splat(0);
  const loadAt = (address: number, from: number) => (offset: number) =>
    simd.load(getLocal(address), from + offset);
  const partial = xs.map(() => ys.map((): Code[] => []));
  for (let block = 0; block < count; block += 1) {
    const unpackedX = xs.map((x) =>
      format
        .unpackX(loadAt(x, block * format.xBlock + format.header), keep)
        .map((value) => (xs.length > 1 ? keep(value) : value)),
    );
    for (const [column, y] of ys.entries()) {
      const unpackedY = format
        .unpackY(loadAt(y, block * format.yBlock + format.header), keep)
        .map((value) => (xs.length > 1 ? keep(value) : value)) as unknown as Four<Code>;
      for (const [row, x] of unpackedX.entries()) {
        const sum = format.products(x as unknown as Four<Code>, unpackedY);
        partial[row]![column]!.push(keep(sum));
      }
    }
  }
  const headersX = xs.map((x) => header(format, x, format.xBlock, count, keep));
  const headersY = ys.map((y) => header(format, y, format.yBlock, count, keep));
  for (const [row, ofRow] of partial.entries()) {
    for (const [column, own] of ofRow.entries()) {
      const four = Array.from({ length: 4 }, (_, at) => own[at] ?? none) as unknown as Four<Code>;
      const sums = format.sums(four, keep);
      const parts = keep(format.scaled(sums, headersX[row]!, headersY[column]!));
      const result = results[row]![column]!;
      for (let block = 0; block < count; block += 1) {
        const part = simd.extractFloat(parts, block);
        code.push(setLocal(result, f32.add(getLocal(result), part)));
      }
    }
  }
  return code.flat();
}

/** The headers of some blocks, as 32-bit floats. */
function header(
  { header: bytes }: Format,
  address: number,
  step: number,
  count: number,
  keep: (value: Code) => Code,
): Header {
  let raw = simd.splat(0);
  for (let block = 0; block < count; block += 1) {
    const place = i32.add(getLocal(address), i32.const(block * step));
    // A lone scale goes to the upper half of its 32 bits.
    raw =
      bytes === 4
        ? simd.loadLane(32, place, raw, block)
        : simd.loadLane(16, place, raw, 2 * block + 1);
  }
  const halves = keep(raw);
  if (bytes === 2) return { scale: keep(upperHalves(halves)), offset: [] };
  return {
    scale: keep(upperHalves(simd.shl32(halves, bits(16)))),
    offset: keep(upperHalves(halves)),
  };
}

/**
 * 16-bit floats, in the upper halves of 32 bits, as 32-bit floats. Their bits, moved into place, are read with an exponent
 * that is 112 too small; the multiplication corrects it, for subnormal numbers too. Exact for finite numbers.
 */
export function upperHalves(halves: Code): Code {
  const moved = and(shrS32(halves, bits(3)), simd.splat(0x8fffe000));
  return mulFloats(moved, simd.splat((127 + 112) << 23));
}
