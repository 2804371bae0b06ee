import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { allPassed } from '../../../src/core/evaluate/javascript-task';
import { tasksOf } from '../../../src/core/evaluate/suites';
import { loadQuickJs, runInQuickJs } from '../../../workers/sandbox/quickjs';
import { codingSolutions } from './coding-solutions';

let module: WebAssembly.Module;
beforeAll(async () => {
  const file = import.meta.resolve('@jitl/quickjs-wasmfile-release-sync/wasm');
  module = await WebAssembly.compile(readFileSync(fileURLToPath(file)));
});

async function run(code: string, entryPoint = 'f', calls: unknown[][] = [[]], runMs = 20_000) {
  const quickJs = await loadQuickJs(module);
  const written = calls.map((args) => args.map((arg) => JSON.stringify(arg)));
  return runInQuickJs(quickJs, { code, entryPoint, calls: written, runMs });
}

async function resultOf(code: string, ...args: unknown[]) {
  const output = await run(code, 'f', [args]);
  return output.type === 'results' ? output.results[0] : output;
}

describe('the interpreter of answers’ code', () => {
  const options = { pinStrength: 'system', lastTurn: 20, limit: null } as const;

  it.each(tasksOf('coding', options, []))('finds a right answer to $id right', async (task) => {
    const check = task.questions[0]?.check;
    if (check?.kind !== 'javascript') throw new Error('no coding task');
    const { entryPoint, calls } = check;
    const args = calls.map((call) => [...call.args]);
    const output = await run(codingSolutions[entryPoint] ?? '', entryPoint, args);
    expect(output.type === 'results' && allPassed(calls, output.results)).toBe(true);
    const wrong = await run(`const ${entryPoint} = () => 'no';`, entryPoint, args);
    expect(wrong.type === 'results' && allPassed(calls, wrong.results)).toBe(false);
  });

  it.each([
    ['o => o?.a?.b ?? "none"', [{ a: {} }], 'none'],
    ['n => String(2n ** BigInt(n))', [70], '1180591620717411303424'],
    ['l => [...new Map(l).keys()]', [[['k', 1]]], ['k']],
    ['t => /(?<=a)b(?<rest>.+)/u.exec(t).groups.rest', ['abcé'], 'cé'],
    ['t => t.padStart(4, "-").replaceAll("x", "y")', ['xx'], '--yy'],
    ['l => l.toSorted((a, b) => a - b).at(-1)', [[3, 20, 1]], 20],
    ['l => Object.groupBy(l, (n) => (n % 2 ? "odd" : "even"))', [[1, 2]], { odd: [1], even: [2] }],
    ['l => l.flatMap((x) => [x, x]).flat(Infinity)', [[[1]]], [1, 1]],
    [
      '() => { class A { #x = 1; static { A.y = 2; } get z() { return this.#x + A.y; } } return new A().z; }',
      [],
      3,
    ],
    ['t => [...t].length', ['🦙🦙'], 2],
    ['() => { let n = 0; n ||= 5; try { null.x } catch { n **= 2 } return n; }', [], 25],
    ['() => { function* g() { yield* [1, 2]; } return [...g()]; }', [], [1, 2]],
    [
      'o => ({ ...o, ...structuredCopy(o) }); function structuredCopy(o) { return JSON.parse(JSON.stringify(o)); }',
      [{ a: 1 }],
      { a: 1 },
    ],
  ])('knows today’s JavaScript: %s', async (code, args, value) => {
    expect(await resultOf(`const f = ${code}`, ...args)).toEqual({ type: 'value', value });
  });

  it('accepts code with an example that logs, in any form of the function', async () => {
    for (const code of [
      'function f() { return 1; }',
      'const f = () => 1;',
      'let f = function () { return 1; };',
    ]) {
      expect(await resultOf(`${code}\nconsole.log(f());`)).toEqual({ type: 'value', value: 1 });
    }
  });

  it('returns what was thrown, or that there is no function', async () => {
    const message = async (code: string) => {
      const result = await resultOf(code);
      return result?.type === 'thrown' ? result.message : result;
    };
    expect(await message('function f() { null.x; }')).toMatch(/^TypeError: /);
    expect(await message('function f( {')).toMatch(/^SyntaxError: /);
    expect(await message('const g = 1;')).toBe('TypeError: there is no such function');
    expect(await message('function f() { throw { toString() { throw 1; } }; }')).toBe(
      'an error that says nothing',
    );
    expect(await message('function f() { throw "x".repeat(1e6); }')).toBe(
      'an error that says nothing',
    );
    expect(await message('function f() { return "x".repeat(1e6); }')).toContain('too long');
  });

  it.each([
    ['a growing list', 'const a = []; for (;;) a.push(new Array(1e5).fill(1));', /out of memory/],
    ['a doubling text', 'let s = "x"; for (;;) s += s;', /too long|out of memory/],
    [
      'many long texts',
      'const k = []; for (;;) k.push("x".repeat(1e6) + k.length);',
      /says nothing|memory/,
    ],
    ['a huge array', 'Array(2 ** 32 - 1).fill(0);', /out of memory/],
    ['buffers', 'const k = []; for (;;) k.push(new Uint8Array(1e7).fill(1));', /out of memory/],
    ['recursion', 'f(); ', /stack/],
    ['nested values', 'let o = {}; for (let i = 0; i < 1e5; i++) o = { o }; return o;', /stack/],
    ['a growing number', 'let n = 2n; for (;;) n *= n;', /too large|out of memory/],
  ])('contains %s', async (_name, body, message) => {
    const result = await resultOf(`function f() { ${body} }`);
    expect(result).toMatchObject({ type: 'thrown' });
    expect(result?.type === 'thrown' && result.message).toMatch(message);
  });

  it.each([
    ['an endless loop', 'for (;;) {}'],
    [
      'one that catches what would end it',
      'for (;;) { try { for (;;) {} } finally { continue; } }',
    ],
    ['an endless generator', 'function* g() { for (;;) yield 1; } for (const x of g()) x;'],
    ['one that runs where its value is read', 'return { get value() { for (;;) {} } };'],
    ['a regular expression that takes for ever', '/^(a+)+$/.test("a".repeat(40) + "b");'],
  ])('ends %s', async (_name, body) => {
    expect(await run(`function f() { ${body} }`, 'f', [[]], 500)).toEqual({ type: 'timed-out' });
  });

  it('ends an endless loop before the function', async () => {
    expect(await run('for (;;) {}', 'f', [[]], 500)).toEqual({ type: 'timed-out' });
  });

  it('runs no promise’s work after the call, so none can go on for ever', async () => {
    const endless = 'function f() { (function on() { Promise.resolve().then(on); })(); return 1; }';
    expect(await resultOf(endless)).toEqual({ type: 'value', value: 1 });
    expect(await resultOf('async function f() { return 1; }')).toEqual({
      type: 'value',
      value: {},
    });
  });

  it('isolates the host’s objects from changes by the guest', async () => {
    const result = await resultOf(
      `
      Object.prototype.polluted = 1; Array.prototype.map = () => [1];
      JSON.stringify = () => '"forged"'; JSON.parse = () => 'forged'; globalThis.String = () => 'forged';
      function f(n) { return { n, toJSON() { return { n: this.n, __proto__: { x: 1 }, get y() { return 2; } }; } }; }`,
      5,
    );
    expect(result).toEqual({ type: 'value', value: { n: 5, y: 2 } });
    expect('polluted' in {}).toBe(false);
    const names = [
      'postMessage',
      'self',
      'fetch',
      'WebAssembly',
      'Worker',
      'process',
      'require',
      'importScripts',
      'setTimeout',
    ];
    const found = await resultOf(
      `function f(names) { return names.filter((name) => name in globalThis); }`,
      names,
    );
    expect(found).toEqual({ type: 'value', value: [] });
  });
});
