import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadQuickJs } from '../../../workers/sandbox/quickjs';
import { printTo } from '../../../workers/sandbox/print-to';
import { runScript } from '../../../workers/sandbox/run-script';

let module: WebAssembly.Module;
beforeAll(async () => {
  const file = import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  module = await WebAssembly.compile(readFileSync(fileURLToPath(file)));
});

async function run(script: string, runMs = 20_000) {
  let printed = '';
  const print = printTo({ postMessage: ({ text }) => (printed += text) });
  const result = runScript(await loadQuickJs(module), { script, runMs }, print);
  return { ...result, printed };
}

describe('a program of an answer', () => {
  it.each([
    ['console.log("a", 1, [1, { b: "c" }])', 'a 1 [ 1, { b: "c" } ]\n'],
    [
      'console.log(new Map([["k", new Set([1])]]), /x/g, -0, 5n)',
      'Map { "k" => Set { 1 } } /x/g -0 5n\n',
    ],
    [
      'class A { x = 1 } console.error(new A(), () => 1, function f() {})',
      'A { x: 1 } [Function without name] [Function f]\n',
    ],
    [
      'const o = {}; o.o = o; console.log(o, null, undefined)',
      '{ o: [Circular] } null undefined\n',
    ],
    ['setTimeout(() => console.log("late"), 50); console.log("early")', 'early\nlate\n'],
    [
      'let n = 0; const i = setInterval(() => { console.log(++n); if (n > 1) clearInterval(i); }, 9)',
      '1\n2\n',
    ],
    ['for (const n of [1]) Promise.resolve(n).then((n) => console.log(n))', '1\n'],
    ['const n = await Promise.resolve(4); console.log(n);', '4\n'],
    ['export const f = () => 1; console.log(f())', '1\n'],
  ])('%s prints', async (script, printed) => {
    expect(await run(script)).toMatchObject({ printed, error: null, isLate: false });
  });

  it.each([
    ['1 + 1', '2'],
    ['"text"', '"text"'],
    ['const f = (n) => n * 2; f(4)', '8'],
    ['(async () => ({ a: 1 }))()', '{ a: 1 }'],
    ['const a = 1;', null],
    ['export const a = 1;', null],
  ])('%s has the last value %s', async (script, value) => {
    expect((await run(script)).value).toBe(value);
  });

  it.each([
    ['nowhere', /ReferenceError: .*nowhere/],
    ['const = 1', /SyntaxError/],
    ['document.title', /ReferenceError: .*document/],
    ['throw "words"', /Uncaught: words/],
    ['(async () => { throw new Error("inside") })()', /Error: inside/],
    ['await Promise.reject(new TypeError("rejected"))', /TypeError: rejected/],
    ['setTimeout(() => { throw new Error("in a timer") })', /Error: in a timer/],
    ['import "elsewhere"', /./],
    ['const kept = []; for (;;) kept.push(new Uint8Array(1e6).fill(1))', /out of memory/],
    ['throw { toString() { throw 1 } }', /says nothing/],
  ])('%s ends with an error', async (script, error) => {
    expect((await run(script)).error).toMatch(error);
  });

  it('keeps the printed text when its time is up', async () => {
    const late = { printed: 'first\n', error: null, isLate: true };
    expect(await run('console.log("first"); for (;;);', 200)).toMatchObject(late);
    expect(await run('console.log("first"); setInterval(() => {})', 200)).toMatchObject(late);
  });

  it('prints no more than is shown, and one more, which tells that the rest is cut', async () => {
    const { printed } = await run('for (let i = 0; i < 1e4; i++) console.log("line", i)');
    expect(printed).toHaveLength(20_001);
  });

  it('has no access to the worker’s objects', async () => {
    const names = "['self', 'fetch', 'postMessage', 'print', 'WebAssembly', 'importScripts']";
    expect((await run(`${names}.filter((name) => name in globalThis)`)).value).toBe('[]');
  });
});
