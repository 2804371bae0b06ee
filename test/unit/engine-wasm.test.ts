// WebKit has no Memory64, so the CPU engine's WebAssembly must have 32-bit memories.
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { has64Bits, memoryFlags } from '../fixtures/wasm-memory';

const folder = new URL('../../node_modules/@wllama/wllama/esm/', import.meta.url);

it.each([
  ['single-thread', 1],
  ['multi-thread', 3], // shared
])('has 32-bit memory: %s', (kind, flags) => {
  expect(memoryFlags(readFileSync(new URL(`${kind}/wllama.wasm`, folder)))).toBe(flags);
});

it('detects a 64-bit memory', () => {
  const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const memory = [5, 3, 1, has64Bits, 1];
  expect(memoryFlags(Uint8Array.from([...head, ...memory])) & has64Bits).toBe(has64Bits);
});
