// Typed text stays on the device: hostile code in a worker cannot send it, neither directly nor through what it stores.
import type { FetchStart } from '../../src/protocol/fetch.ts';
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { criaDist } from './test-builds.ts';
import { leaking, listening, poisoning, takeOver } from './hostile-code.ts';
import { type LeakServer, startLeakServer } from './leak-server.ts';
import { builtScript, StaticHost, type StaticHostOptions } from './static-host.ts';
import { expect, test } from './test.ts';

test.use({ serviceWorkers: 'allow' });

const question = 'What is the capital of France?';

let elsewhere: LeakServer;
let host: StaticHost;
test.beforeEach(async () => {
  elsewhere = await startLeakServer();
});
test.afterEach(async () => {
  await host?.stop();
  elsewhere.close();
});

/** With Cria built in: what is sealed is the same code, and answers sooner. */
async function serve(options: StaticHostOptions): Promise<void> {
  host = await new StaticHost(options).start();
  host.folder = criaDist;
}

/** What was leaked, to any host. */
const leaks = () => [...elsewhere.leaked, ...host.requests.filter((path) => path.includes('leak'))];

/** Waits until hostile code reports that it has run to its end. */
async function hasRun(page: Page, what: string): Promise<void> {
  await expect.poll(() => page.evaluate((name) => caches.has(name), `ran-${what}`)).toBe(true);
}

/** The engine tells everybody its prompts and its answers. */
function makeEngineTell(): void {
  const tell = `const heard = (text) => { leak(text); if (/answer .*token/.test(text)) ran('told'); };`;
  takeOver(host, 'engine-wllama.worker', {
    before: `${leaking(elsewhere.url)}${tell}${listening}`,
  });
}

test('the privacy panel says that the engine is sealed, and what was fetched', async ({ page }) => {
  const app = await new App(page).open();
  const panel = page.getByRole('dialog', { name: 'Privacy' });
  await page.getByRole('button', { name: 'How do I know?' }).click();
  await expect(panel).toContainText('has not started yet');
  await panel.getByRole('button', { name: 'Close' }).click();
  await app.ask('What is the capital of France?');
  await page.getByRole('button', { name: 'How do I know?' }).click();
  await expect(panel).toContainText('The engine is sealed');
  await expect(panel.getByRole('rowheader')).toHaveText([/^localhost:\d+ \(this site\)$/]);
  // The model and the app's own files, nothing else.
  await expect(panel.getByRole('row').nth(1)).toContainText(/10[0-9] MB/);
});

for (const sendsHeaders of [true, false]) {
  const who = sendsHeaders ? 'the host sends the policy' : 'only the service worker adds a policy';

  test(`nothing leaves the engine worker, whatever code runs in it, where ${who}`, async ({
    page,
  }) => {
    await serve({ sendsHeaders });
    makeEngineTell();
    const app = await new App(page).open(host.url);
    await expect((await app.ask(question)).text).toContainText('Paris');
    await hasRun(page, 'told');
    expect(leaks()).toEqual([]);
  });
}

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('an unsealed engine gets no prompt, and the visitor is told why', async ({ page }) => {
    await serve({ sendsHeaders: false });
    makeEngineTell();
    const app = await new App(page).open(host.url);
    const answer = await app.ask('My typed text');
    await answer.failsWith('engine-unsealed');
    await expect(answer.error).toContainText('Nothing was sent to the engine');
    expect(leaks().join()).not.toContain('typed');
    // The same code does get out in an unsealed place: this proves that the tests here can fail.
    await page.evaluate(async () => {
      const name = performance
        .getEntriesByType('resource')
        .map((entry) => entry.name)
        .find((url) => url.includes('engine-wllama'));
      const { port1, port2 } = new MessageChannel();
      new Worker(name ?? '', { type: 'module' }).postMessage(
        { type: 'connect', port: port2, lockName: 'test' },
        [port2],
      );
      port1.postMessage({ type: 'unload', id: 1, text: 'typed' });
    });
    await expect.poll(() => leaks().join()).toContain('typed');
  });
});

test('data that an engine writes into caches, databases, files and channels cannot leak later', async ({
  page,
  context,
}) => {
  await serve({ sendsHeaders: true });
  const heard = `let told = false; const heard = (text) => {
    if (told || !/SECRET .*prompt/.test(text)) return;
    told = true;
    poison(text).then(() => ran('poisoned'), (error) => console.error('attack failed', error));
  };`;
  const before = `${leaking(elsewhere.url)}${poisoning(elsewhere.url)}${heard}${listening}`;
  takeOver(host, 'engine-wllama.worker', { before });
  const app = await new App(page).open(host.url);
  await app.isKept();
  await expect((await app.ask(question)).text).toContainText('Paris');
  await hasRun(page, 'poisoned');
  await page.close();

  const later = await new App(await context.newPage()).open(host.url);
  // Everything that loads late, too.
  await later.page.getByRole('button', { name: 'Settings' }).click();
  const settings = later.page.getByRole('dialog', { name: 'Settings' });
  await settings.getByRole('button', { name: 'Close' }).click();
  const state = () =>
    later.page.evaluate(() => {
      const style = getComputedStyle(document.documentElement);
      return 'poisoned' in globalThis || style.getPropertyValue('--poisoned') !== '';
    });
  await expect.poll(state).toBe(false);

  // A custom model that the engine has added and chosen: its address is shown before anything is fetched.
  await expect(later.modelsButton).toHaveAccessibleName(/own-here, not on this device yet/);
  await (await later.ask(question)).failsWith('host-unconfirmed');
  await later.current().button('Models').click();
  const card = later.card('own-here');
  await expect(card).toContainText(`${host.url}leak-`);
  const elsewhereCard = later.card('own-elsewhere');
  await expect(elsewhereCard).toBeVisible();
  await expect(elsewhereCard).not.toContainText('leak-');
  expect(leaks()).toEqual([]);
  await card.getByRole('button', { name: 'Download own-here' }).click();
  await expect.poll(leaks).toHaveLength(1);
  await later.models.getByRole('radio', { name: 'SmolLM2 135M' }).check();
  await later.models.getByRole('button', { name: 'Close' }).click();
  await expect((await later.ask(question)).text).toContainText('Paris');
  expect(leaks()).toHaveLength(1);
});

/** Reports which ways to stored data are accessible. */
const reaching = `addEventListener('message', async () => {
  const reached = [];
  const tries = {
    databases: () => indexedDB.open('corral-conversations'),
    caches: () => caches.keys(),
    files: () => navigator.storage.getDirectory(),
    buckets: () => navigator.storageBuckets.open('default'),
    channel: () => new BroadcastChannel('corral-conversations'),
    worker: () => new Worker(URL.createObjectURL(new Blob(['1']))),
    serviceWorker: () => navigator.serviceWorker.ready,
    cookies: () => cookieStore.getAll(),
    oldFiles: () => webkitRequestFileSystem(0, 1, () => {}, () => {}),
  };
  for (const [name, run] of Object.entries(tries)) {
    try { run(); reached.push(name); } catch {}
  }
  fetch('/leak?reached=' + reached.join());
});`;

test('the fetching worker reads no storage, and the storing worker opens no connection', async ({
  page,
}) => {
  await serve({ sendsHeaders: true });
  takeOver(host, 'fetch.worker', { after: reaching });
  const tell = `addEventListener('message', ({ data }) => {
    leak('typed ' + data.type);
    if (data.type === 'download') ran('stored');
  });`;
  takeOver(host, 'download.worker', { before: `${leaking(elsewhere.url)}${tell}` });
  const queries: string[] = [];
  page.context().on('request', (request) => queries.push(new URL(request.url()).search));
  const app = await new App(page).open(host.url);
  await expect((await app.ask(question)).text).toContainText('Paris');
  await hasRun(page, 'stored');
  // The one request that the fetching worker made on its own: its code did run, but had no access to data.
  expect(leaks()).toEqual(['/leak']);
  expect(elsewhere.leaked).toEqual([]);
  expect(queries.filter((query) => query.includes('reached'))).toEqual(['?reached=']);
});

test('the page itself can fetch only from its own origin', async ({ page }) => {
  await serve({ sendsHeaders: true });
  await new App(page).open(host.url);
  const hosts = ['https://huggingface.co/', 'https://raw.githubusercontent.com/', elsewhere.url];
  await page.evaluate((urls) => {
    const blocked: string[] = [];
    Object.assign(globalThis, { blocked });
    addEventListener('securitypolicyviolation', ({ blockedURI }) => blocked.push(blockedURI));
    for (const url of urls) fetch(url).catch(() => {});
  }, hosts);
  const blocked = () =>
    page.evaluate(() => (globalThis as unknown as { blocked: string[] }).blocked);
  // By the header's policy, and by the page's own.
  const origins = async () => [...new Set((await blocked()).map((url) => new URL(url).origin))];
  await expect
    .poll(async () => (await origins()).sort())
    .toEqual(hosts.map((url) => new URL(url).origin).sort());
  expect(elsewhere.leaked).toEqual([]);
});

test('a model’s list of files is never read from storage that an engine can write', async ({
  page,
}) => {
  await serve({ sendsHeaders: true });
  await new App(page).open(host.url);
  const outcome = await page.evaluate(
    async ([downloads, fetches]) => {
      const folder = new URL('models/cria/resolve/main/', document.baseURI).href;
      const index = { records: [{ dataPath: 'leak-typed.bin', nbytes: 5, records: [] }] };
      const opening = indexedDB.open('corral-weights');
      opening.onupgradeneeded = () => opening.result.createObjectStore('files');
      await new Promise((resolve) => (opening.onsuccess = resolve));
      const transaction = opening.result.transaction('files', 'readwrite');
      const put = (name: string, text: string) => {
        const manifest = { sizeBytes: text.length, expected: '', hash: '', complete: true };
        transaction.objectStore('files').put(manifest, `cria/${name}`);
        transaction.objectStore('files').put(new Blob([text]), `cria/${name}#00000`);
      };
      put('tensor-cache.json', JSON.stringify(index));
      put('mlc-chat-config.json', JSON.stringify({ tokenizer_files: ['tokenizer.json'] }));
      await new Promise((resolve) => (transaction.oncomplete = resolve));
      opening.result.close();
      const [store, fetcher] = [downloads, fetches].map(
        (url) => new Worker(url, { type: 'module' }),
      );
      const { port1, port2 } = new MessageChannel();
      const library = `${folder}cria.wasm`;
      const start: FetchStart = { port: port1, target: { files: [library], folder } };
      fetcher!.postMessage(start, [port1]);
      const source = { kind: 'mlc', modelId: 'cria', sizeBytes: 1, pinned: {}, folder, library };
      store!.postMessage({ type: 'download', id: 1, source, network: port2 }, [port2]);
      return new Promise<string>((resolve) => {
        store!.onmessage = ({ data }: MessageEvent<{ type: string }>) => {
          if (['stored', 'failed'].includes(data.type)) resolve(data.type);
        };
      });
    },
    [builtScript('download.worker'), builtScript('fetch.worker')] as const,
  );
  expect(outcome).toBe('stored');
  expect(leaks()).toEqual([]);
});
