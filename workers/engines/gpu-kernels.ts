/**
 * Kernels that the app adds to those of the model's library. One finds the most likely token, for which WebLLM sorts
 * the whole vocabulary. The other applies top-k and min-p, which WebLLM does not have. Each kernel is one workgroup,
 * since a vocabulary is small.
 */

/**
 * A shader in the form that the runtime expects: its arguments are the buffers, then the scalars, then the number of
 * workgroups.
 */
export interface Kernel {
  readonly name: string;
  readonly argTypes: readonly ('handle' | 'uint32' | 'float32')[];
  readonly writesTo: readonly (0 | 1)[];
  readonly code: string;
}

const threads = 256;

/** The beginning of every kernel. The runtime adds `width` to the scalars of every shader. */
const head = (logits: 'read' | 'read_write', scalars: string, uniformBinding: number) => `
struct Scalars { first: u32, count: u32, ${scalars} width: u32 }
@group(0) @binding(0) var<storage, ${logits}> logits: array<f32>;
@group(0) @binding(${uniformBinding}) var<uniform> scalars: Scalars;
const threads = ${threads}u;
`;

/** Writes the index of the highest logit; the first of several equal ones. */
export const likeliestKernel: Kernel = {
  name: 'likeliest',
  argTypes: ['handle', 'handle', 'uint32', 'uint32'],
  writesTo: [0, 1],
  code: `${head('read', '', 2)}
@group(0) @binding(1) var<storage, read_write> token: array<i32>;
var<workgroup> highest: array<f32, threads>;
var<workgroup> places: array<u32, threads>;

@compute @workgroup_size(threads)
fn likeliest(@builtin(local_invocation_index) own: u32) {
  highest[own] = -3.4e38;
  for (var at = own; at < scalars.count; at += threads) {
    let logit = logits[scalars.first + at];
    if (logit > highest[own]) {
      highest[own] = logit;
      places[own] = at;
    }
  }
  for (var half = threads / 2; half > 0; half /= 2) {
    workgroupBarrier();
    if (own < half) {
      let other = own + half;
      let isFirst = highest[other] == highest[own] && places[other] < places[own];
      if (highest[other] > highest[own] || isFirst) {
        highest[own] = highest[other];
        places[own] = places[other];
      }
    }
  }
  if (own == 0) {
    token[0] = i32(places[0]);
  }
}`,
};

/**
 * Masks the logits that are not among the `topK` highest (0: no limit) or that are more than `range` below the highest.
 * The lowest remaining logit is found by counting, one byte at a time from the highest byte.
 */
export const maskKernel: Kernel = {
  name: 'mask',
  argTypes: ['handle', 'uint32', 'uint32', 'uint32', 'float32'],
  writesTo: [1],
  code: `${head('read_write', 'topK: u32, range: f32,', 1)}
var<workgroup> counts: array<atomic<u32>, 256>;
var<workgroup> prefix: u32;
var<workgroup> left: u32;
var<workgroup> highest: atomic<u32>;

/** Integers in the same order as the floats. */
fn keyOf(logit: f32) -> u32 {
  let bits = bitcast<u32>(logit);
  return select(bits | 0x80000000u, ~bits, bits >= 0x80000000u);
}

fn logitOf(key: u32) -> f32 {
  return bitcast<f32>(select(~key, key & 0x7fffffffu, key >= 0x80000000u));
}

@compute @workgroup_size(threads)
fn mask(@builtin(local_invocation_index) own: u32) {
  for (var at = own; at < scalars.count; at += threads) {
    atomicMax(&highest, keyOf(logits[scalars.first + at]));
  }
  if (own == 0) {
    left = scalars.topK;
  }
  let isRanked = scalars.topK > 0 && scalars.topK < scalars.count;
  for (var shift = 24i; shift >= 0 && isRanked; shift -= 8) {
    atomicStore(&counts[own], 0u);
    workgroupBarrier();
    for (var at = own; at < scalars.count; at += threads) {
      let key = keyOf(logits[scalars.first + at]);
      let above = select(key >> u32(shift + 8), 0u, shift == 24);
      if (above == prefix) {
        atomicAdd(&counts[(key >> u32(shift)) & 0xffu], 1u);
      }
    }
    workgroupBarrier();
    if (own == 0) {
      var digit = 255u;
      while (digit > 0 && atomicLoad(&counts[digit]) < left) {
        left -= atomicLoad(&counts[digit]);
        digit -= 1;
      }
      prefix = (prefix << 8) | digit;
    }
    workgroupBarrier();
  }
  workgroupBarrier();
  let byShare = logitOf(atomicLoad(&highest)) - scalars.range;
  let byRank = select(-3.4e38, logitOf(prefix), isRanked);
  // Used as minus infinity, with which some shaders compute wrongly.
  let lowest = max(byShare, byRank);
  for (var at = own; at < scalars.count; at += threads) {
    if (logits[scalars.first + at] < lowest) {
      logits[scalars.first + at] = -1e9;
    }
  }
}`,
};
