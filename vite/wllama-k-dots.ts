/**
 * Dot products of K-quants for llama.cpp in WebAssembly, `ggml_vec_dot_q4_K_q8_K` and `ggml_vec_dot_q6_K_q8_K`, with the
 * bits of llama.cpp's own. Those add the integers whose places are equal modulo eight, and the floats of the blocks by
 * these eight lanes; so these do too. See docs/decisions/0035-cpu-kernels.md.
 *
 * A block is 256 weights, in parts with a scale each: `block_q4_K`, `block_q6_K` and `block_q8_K` in ggml-common.h.
 */
import { type Code, f32, getLocal, i32, Locals, loopWhile, setLocal, simd } from './wasm-code.ts';
import { dotParameters as parameters, upperHalves } from './wllama-dots.ts';

const q8k = { bytes: 292, numbers: 4, sums: 260 };
const { add16, add32, addFloats, and, dot, mulFloats, or, toFloats } = simd;
const by = (bits: number) => i32.const(bits);
const everyByte = (byte: number) => simd.splat(Math.imul(byte, 0x01010101));

type Keep = (value: Code, type?: 'v128' | 'i32') => Code;

/** Vectors of sixteen weights as bytes with their places, and what to multiply their parts by. */
interface Part {
  readonly bytes: readonly Code[];
  readonly place: number;
}

interface Block {
  /** Sums of scaled products: of the places 0 to 3 modulo eight, and of 4 to 7. */
  readonly low: Code;
  readonly high: Code;
  /** In lane 0; without the other factor's scale. */
  readonly scale: Code;
  /** In lane 0: what is subtracted. */
  readonly less: Code | null;
}

const address = { x: getLocal(parameters.x), y: getLocal(parameters.y) };

/** The sums of the eight lanes of a part, as 16-bit integers: four products of 15 and 128, or two of 32 and 128, have room. */
function laneSums({ bytes, place }: Part, keep: Keep): Code {
  const products = bytes.flatMap((weights, at) => {
    const own = keep(weights);
    const numbers = keep(simd.load(address.y, q8k.numbers + place + 16 * at));
    return [simd.mulLow8(own, numbers), simd.mulHigh8(own, numbers)];
  });
  return keep(products.reduce((all, next) => add16(all, next)));
}

/** Pairs of parts times their scales, which are neighbours as 16-bit integers in the vectors. */
function scaledSums(parts: readonly Part[], scales: readonly Code[], keep: Keep) {
  let sums: { low: Code; high: Code } | null = null;
  for (let pair = 0; 2 * pair < parts.length; pair += 1) {
    const [one, other] = [laneSums(parts[2 * pair]!, keep), laneSums(parts[2 * pair + 1]!, keep)];
    const all = scales[pair >> 2]!;
    const lane = pair & 3;
    const scale = keep(simd.pick(all, all, [lane, lane, lane, lane]));
    const scaled = (lanes: readonly number[]) => dot(simd.pick16(one, other, lanes), scale);
    const low = scaled([0, 8, 1, 9, 2, 10, 3, 11]);
    const high = scaled([4, 12, 5, 13, 6, 14, 7, 15]);
    sums = {
      low: keep(sums ? add32(sums.low, low) : low),
      high: keep(sums ? add32(sums.high, high) : high),
    };
  }
  return sums!;
}

const q4k = { bytes: 144, scales: 4, nibbles: 16 };

function q4kBlock(keep: Keep): Block {
  const { x, y } = address;
  // Twelve bytes hold the lower bits of the scales and of the minima, and the upper bits of the last four of both.
  const word = (at: number) => keep(i32.load(x, q4k.scales + 4 * at), 'i32');
  const [a, b, c] = [word(0), word(1), word(2)];
  const first = (bits: Code) => i32.and(bits, i32.const(0x3f3f3f3f));
  const last = (lower: Code, upper: Code) =>
    i32.or(
      i32.and(lower, i32.const(0x0f0f0f0f)),
      i32.and(i32.shrU(upper, by(2)), i32.const(0x30303030)),
    );
  const eight = (low: Code, high: Code) =>
    keep(simd.widenLow(simd.pick(simd.splatInt(low), simd.splatInt(high), [0, 4, 0, 4])));
  const scales = eight(first(a), last(c, a));
  const minima = eight(first(b), last(i32.shrU(c, by(4)), b));

  // The other factor has the sums of sixteen numbers each; two of them have one minimum.
  const sumsTimesMinima = (half: number) => {
    const lanes = [0, 1, 2, 3].flatMap((at) => [4 * half + at, 4 * half + at]);
    return dot(simd.load(y, q8k.sums + 16 * half), simd.pick16(minima, minima, lanes));
  };
  const four = keep(add32(sumsTimesMinima(0), sumsTimesMinima(1)));
  const two = keep(add32(four, simd.pick(four, four, [2, 3, 0, 1])));
  const ofMinima = add32(two, simd.pick(two, two, [1, 0, 3, 2]));

  const parts = [0, 1, 2, 3].flatMap((pair): Part[] => {
    const bytes = [0, 16].map((at) => keep(simd.load(x, q4k.nibbles + 32 * pair + at)));
    return [
      { bytes: bytes.map((one) => and(one, everyByte(0x0f))), place: 64 * pair },
      { bytes: bytes.map((one) => simd.shrU8(one, by(4))), place: 64 * pair + 32 },
    ];
  });
  const header = keep(simd.loadLane(32, x, simd.splat(0), 0));
  return {
    ...scaledSums(parts, [scales], keep),
    scale: upperHalves(simd.shl32(header, by(16))),
    less: mulFloats(mulFloats(upperHalves(header), simd.loadSplat(y, 0)), toFloats(ofMinima)),
  };
}

const q6k = { bytes: 210, upperBits: 128, scales: 192, scale: 208 };

function q6kBlock(keep: Keep): Block {
  const { x } = address;
  const parts = [0, 1].flatMap((half) => {
    const load = (from: number) => keep(simd.load(x, from));
    const lower = [0, 16, 32, 48].map((at) => load(64 * half + at));
    const upper = [0, 16].map((at) => load(q6k.upperBits + 32 * half + at));
    // Four vectors of 32 weights each, in order: the lower and the upper halves of the bytes.
    return [0, 1, 2, 3].flatMap((quarter) =>
      [0, 1].map((at): Part => {
        const byte = lower[2 * (quarter & 1) + at]!;
        const four = quarter < 2 ? and(byte, everyByte(0x0f)) : simd.shrU8(byte, by(4));
        const two = and(shifted(upper[at]!, 4 - 2 * quarter), everyByte(0x30));
        const weights = simd.add8(or(four, two), everyByte(0x100 - 32));
        return { bytes: [weights], place: 128 * half + 32 * quarter + 16 * at };
      }),
    );
  });
  const scales = keep(simd.load(x, q6k.scales));
  const place = i32.add(x, i32.const(q6k.scale));
  return {
    ...scaledSums(parts, [keep(simd.widenLowS(scales)), keep(simd.widenHighS(scales))], keep),
    scale: upperHalves(simd.loadLane(16, place, simd.splat(0), 1)),
    less: null,
  };
}

/** To the left; less than none is to the right. */
function shifted(bytes: Code, bits: number): Code {
  if (bits === 0) return bytes;
  return bits > 0 ? simd.shl8(bytes, by(bits)) : simd.shrU8(bytes, by(-bits));
}

const formats = {
  q4_k: { bytes: q4k.bytes, block: q4kBlock },
  q6_k: { bytes: q6k.bytes, block: q6kBlock },
} as const;
export type KType = keyof typeof formats;

/** The function for one row of weights and one column. */
export function kDotProduct(type: KType): Uint8Array {
  const format = formats[type];
  const locals = new Locals(parameters.count);
  const [left, sum] = [locals.add('i32'), locals.add('f32')];
  const [lowLanes, highLanes] = [locals.add('v128'), locals.add('v128')];
  const code: Code[] = [];
  const keep: Keep = (value, kind = 'v128') => {
    const local = locals.add(kind);
    code.push(setLocal(local, value));
    return getLocal(local);
  };
  const { low, high, scale, less } = format.block(keep);
  const product = keep(mulFloats(scale, simd.loadSplat(address.y, 0)));
  const both = keep(simd.pick(product, product, [0, 0, 0, 0]));
  if (less) code.push(setLocal(sum, f32.sub(getLocal(sum), simd.extractFloat(less, 0))));
  const added = (lanes: number, ints: Code) =>
    setLocal(lanes, addFloats(mulFloats(both, toFloats(ints)), getLocal(lanes)));
  const step = (local: number, bytes: number) =>
    setLocal(local, i32.add(getLocal(local), i32.const(bytes)));
  const total = [lowLanes, highLanes]
    .flatMap((lanes) => [0, 1, 2, 3].map((at) => simd.extractFloat(getLocal(lanes), at)))
    .reduce((all, next) => f32.add(all, next), getLocal(sum));
  return locals.body(
    setLocal(left, i32.shrU(getLocal(parameters.n), by(8))),
    loopWhile(
      getLocal(left),
      ...code,
      added(lowLanes, low),
      added(highLanes, high),
      step(parameters.x, format.bytes),
      step(parameters.y, q8k.bytes),
      step(left, -1),
    ),
    f32.store(getLocal(parameters.s), total),
  );
}
