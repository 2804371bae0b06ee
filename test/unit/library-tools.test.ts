// The toolchain's parts that are JavaScript: rounding to 16-bit floats, and the gate before a library with subgroups.
import { describe, expect, it } from 'vitest';
import { float16Bits } from '../../toolchain/cria/float16.mjs';
import { has32Lanes } from '../../toolchain/verify/lanes.mjs';

describe('a number as float16', () => {
  it.each([
    [0, 0x0000],
    [-0, 0x8000],
    [1, 0x3c00],
    [-2, 0xc000],
    [65_504, 0x7bff],
    [2 ** -14, 0x0400],
    [2 ** -24, 0x0001],
    [1023 * 2 ** -24, 0x03ff],
  ])('%f has the bits that IEEE 754 gives it', (value, bits) => {
    expect(float16Bits(value)).toBe(bits);
  });

  it.each([
    [1 + 2 ** -11, 0x3c00],
    [1 + 3 * 2 ** -11, 0x3c02],
    [1 + 2 ** -11 + 2 ** -20, 0x3c01],
    [2 ** -25, 0x0000],
    [3 * 2 ** -25, 0x0002],
    [1023.5 * 2 ** -24, 0x0400],
    [2 - 2 ** -12, 0x4000],
  ])('%f is rounded to the nearest, from a tie to the even one', (value, bits) => {
    expect(float16Bits(value)).toBe(bits);
  });

  it.each([65_520, -1e9, Infinity, NaN])('%f is refused, not made infinite', (value) => {
    expect(() => float16Bits(value)).toThrow('is no float16');
  });
});

describe('a library that counts on subgroups of 32 lanes', () => {
  const adapter = (subgroupMinSize: number, subgroupMaxSize: number, features = ['subgroups']) => ({
    features: new Set(features),
    info: { subgroupMinSize, subgroupMaxSize },
  });

  it('is for adapters that have 32 lanes in each subgroup', () => {
    expect(has32Lanes(adapter(32, 32))).toBe(true);
  });

  it.each([
    ['has other sizes too, as Intel’s and AMD’s', adapter(8, 32)],
    ['may have more', adapter(32, 64)],
    ['has fewer, as lavapipe', adapter(8, 8)],
    ['has the sizes without the feature', adapter(32, 32, ['shader-f16'])],
    ['does not say', { features: new Set(['subgroups']), info: {} }],
  ])('is not for one that %s', (_how, other) => {
    expect(has32Lanes(other)).toBe(false);
  });
});
