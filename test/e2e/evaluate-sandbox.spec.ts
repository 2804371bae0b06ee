// Code in answers can do no harm: hostile answers through the real page and its sandbox.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright/test';
import { sandboxPolicy } from '../../src/core/response-headers.ts';
import { EvaluatePage } from './evaluate-page.ts';
import { startLeakServer } from './leak-server.ts';
import { serveScriptedEngine } from './scripted-engine.ts';
import { expect, test } from './test.ts';

/** Functions of the coding suite, each with code that reports in its error what it was able to do. */
const attacks: Readonly<Record<string, string>> = {
  add: `
    const names = ['document', 'window', 'self', 'parent', 'localStorage', 'indexedDB', 'caches', 'location',
      'fetch', 'XMLHttpRequest', 'WebSocket', 'importScripts', 'postMessage', 'Worker', 'WebAssembly',
      'navigator', 'process', 'require', 'setTimeout', 'queueMicrotask'];
    function add() { throw Error('found ' + (names.filter((name) => name in globalThis).join() || 'nothing')); }`,
  isEven: 'const kept = []; function isEven() { while (true) kept.push(new Array(1e5).fill(1)); }',
  largest: 'function largest() { let text = "x"; while (true) text += text; }',
  reversed: 'function reversed() { for (;;) {} }',
  factorial:
    'const kept = []; function factorial() { for (;;) kept.push(new Uint8Array(1e7).fill(1)); }',
  fibonacci: 'const fibonacci = (n) => fibonacci(n + 1) + 1;',
  // Breaks out of an enclosing function, and claims to have passed.
  unique: `}); postMessage([{ type: 'value', value: true }, { passed: true }]); (function () {`,
  median: `
    Object.prototype.type = 'value'; Array.prototype.map = Array.prototype.every = () => true;
    JSON.stringify = () => '[3]'; Object.defineProperty(Object.prototype, 'value', { get: () => 3 });
    function median() { return { toJSON: () => ({ __proto__: { type: 'passed' }, get value() { return 3; } }) }; }`,
  wordCounts: 'function wordCounts( {',
  isPrime: 'const isPrime = () => Array(2 ** 32 - 1).fill(0);',
  // That loop never checks the time: the worker has to be ended.
  toRoman: 'const toRoman = () => Array(2 ** 32 - 1).join("x");',
  balanced: `
    (function on() { Promise.resolve().then(on); })();
    async function balanced() { for (;;) await 1; }`,
  chunks:
    'function chunks() { let nested = []; for (let i = 0; i < 1e5; i++) nested = [nested]; return nested; }',
  gcd: 'function gcd(a, b) { while (b) [a, b] = [b, a % b]; return a; }',
};

/** What a worker in the frame could do without the interpreter. */
const probe = (url: string) => `
  const tries = {
    fetch: () => fetch(${JSON.stringify(url)}),
    xhr: () => { const xhr = new XMLHttpRequest(); xhr.open('GET', ${JSON.stringify(url)}, false); xhr.send(); },
    script: () => importScripts(${JSON.stringify(url)}),
    module: () => import(${JSON.stringify(url)}),
    socket: () => new Promise((resolve, reject) => {
      const socket = new WebSocket(${JSON.stringify(url.replace('http', 'ws'))});
      socket.onopen = resolve; socket.onerror = () => reject(Error());
    }),
    eval: () => eval('1 + 1'),
    make: () => Function('return 1')(),
    database: () => new Promise((resolve, reject) => {
      const request = indexedDB.open('corral-conversations');
      request.onsuccess = resolve; request.onerror = () => reject(Error());
    }),
  };
  onmessage = async () => {
    postMessage('started');
    const could = ['document', 'parent', 'caches'].filter((name) => name in self);
    for (const [name, run] of Object.entries(tries)) {
      try { await run(); could.push(name); } catch {}
    }
    postMessage([could.join() || 'nothing', location.origin]);
  };`;

// A script of the test replaces the engine, which the service worker would not cache.
test.use({ serviceWorkers: 'block' });

test('contains network, page, storage, endless loops and memory', async ({ page, baseURL }) => {
  const script = Object.entries(attacks).map(([name, body]) => [
    `JavaScript function ${name}(`,
    `\`\`\`js\n${body}\n// this is ${name}\n\`\`\``,
  ]);
  const engine = await serveScriptedEngine(baseURL ?? '', Object.fromEntries(script));
  const evaluate = await new EvaluatePage(page).open('suites', engine.url);
  await evaluate.choose({ Suite: 'Coding' });
  const run = await evaluate.start();
  await evaluate.finished(run);

  const answers = await evaluate.answers(run);
  const told = (name: string) => answers.find((one) => one.includes(`// this is ${name}\n`)) ?? '';
  expect(told('add')).toContain('wrong (Error: found nothing)');
  // Other loops that never end: unit/evaluate/quickjs.test.ts. Each takes all the time that an answer has.
  for (const name of ['reversed', 'toRoman'])
    expect(told(name), name).toContain('wrong (timed out)');
  for (const name of ['isEven', 'factorial']) {
    expect(told(name), name).toContain('wrong (InternalError: out of memory)');
  }
  // It fills its memory item by item, which may take all of a slow machine's time.
  expect(told('isPrime')).toMatch(/wrong \((InternalError: out of memory|timed out)\)/);
  expect(told('largest')).toMatch(/wrong \(InternalError: (string too long|out of memory)\)/);
  expect(told('fibonacci')).toMatch(/wrong \(.*stack/);
  // Nesting too deep for its parser is refused with the browser's own error.
  expect(told('chunks')).toMatch(/wrong \(.*(stack|recursion)/);
  for (const name of ['unique', 'median', 'wordCounts', 'balanced'])
    expect(told(name), name).toContain('wrong');
  // The earlier answers did not affect the later ones.
  expect(told('gcd')).toContain('right');
  await expect.poll(() => evaluate.scores(run)).toEqual([['Coding', '5 % 1 of 21']]);
  expect(await page.evaluate(() => 'type' in {})).toBe(false);

  // The page itself still may not; in a separate call, since the test's calls are exempt.
  const evaluated = page.evaluate(
    () =>
      new Promise((resolve) => {
        setTimeout(() => {
          try {
            resolve(Function('return 1')());
          } catch (error) {
            resolve((error as Error).name);
          }
        });
      }),
  );
  expect(await evaluated).toBe('EvalError');
  await engine.close();
});

/** Runs a worker's script in the app's own frame; resolves with the frame's messages about the run. */
async function runInFrame(page: Page, program: string) {
  await page.goto('/');
  const frameScript = readFileSync('workers/sandbox/frame.js', 'utf8');
  const parts = { sandboxPolicy, frameScript, program };
  return page.evaluate(async ({ sandboxPolicy, frameScript, program }) => {
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    const text = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${sandboxPolicy}"><script>${frameScript}</script>`;
    // As the app does, but here the app has not created it.
    const { trustedTypes } = window as unknown as {
      trustedTypes?: {
        createPolicy(name: string, rules: object): { createHTML(text: string): string };
      };
    };
    const policy = trustedTypes?.createPolicy('corral-sandbox', {
      createHTML: (html: string) => html,
    });
    frame.srcdoc = policy?.createHTML(text) ?? text;
    await new Promise((resolve) => {
      frame.onload = resolve;
      document.body.append(frame);
    });
    const { port1, port2 } = new MessageChannel();
    frame.contentWindow?.postMessage('corral-sandbox', '*', [port2]);
    type Message = { type: string; output?: unknown; text?: string };
    const ask = (request: object) =>
      new Promise<Message[]>((resolve) => {
        const messages: Message[] = [];
        port1.onmessage = ({ data }: MessageEvent<Message>) => {
          messages.push(data);
          if (data.type !== 'printed') resolve(messages);
        };
        port1.postMessage(request);
      });
    const wasm = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]).buffer;
    await ask({ type: 'set-up', program, wasm });
    const limits = { startMs: 5000, runMs: 20_000, mostPrinted: 10 };
    return ask({ type: 'run', id: 1, input: null, ...limits });
  }, parts);
}

test('gives a worker of the frame no network, no storage and no evaluation of text', async ({
  page,
}) => {
  const elsewhere = await startLeakServer();
  const [reply] = await runInFrame(page, probe(`${elsewhere.url}/leak`));
  expect(reply?.output).toEqual(['nothing', 'null']);
  expect(elsewhere.leaked).toEqual([]);
  elsewhere.close();
});

test('passes on what a worker prints, and ends one that sends more than is shown', async ({
  page,
}) => {
  const print = (text: string) => `postMessage({ type: 'printed', text: '${text}' });`;
  const flood = `for (;;) { ${print('')} }`;
  const program = `onmessage = () => { postMessage('started'); ${print('1234')} ${flood} };`;
  const messages = await runInFrame(page, program);
  expect(messages[0]).toMatchObject({ type: 'printed', text: '1234' });
  expect(messages).toHaveLength(8);
  expect(messages.at(-1)).toMatchObject({ type: 'broken', isStarted: true });
});
