import { randomBytes } from 'node:crypto';
import { App } from './app.ts';
import { type FaultProxy, onFile, startFaultProxy } from './fault-proxy.ts';
import { chromiumOnly, expect, runsInWorker, test } from './test.ts';

const modelBytes = 98_362_432;
let proxy: FaultProxy;

test.beforeEach(async ({ baseURL }) => {
  proxy = await startFaultProxy(baseURL ?? '');
});
test.afterEach(() => proxy.close());

const requestsFor = (suffix: string) => proxy.requests.filter(({ path }) => path.endsWith(suffix));
const modelRequests = () => requestsFor('.gguf');
const wasmRequests = () => requestsFor('.wasm');

/** Clears the fault, tries again with the given button, and gets a real answer. */
async function recovers(app: App, button: string) {
  proxy.fault = null;
  await app.current().button(button).click();
  await expect(app.answers).toHaveCount(1);
  const answer = await app.lastAnswer();
  await expect(answer.text).toContainText('Paris');
}

const ask = (app: App) => app.ask('What is the capital of France?');

test('a download that gets something else, or not all: an error each, and then it works', async ({
  page,
}) => {
  const app = await new App(page).open(proxy.url);
  const failsOnceMore = async (fault: FaultProxy['fault'], code: string) => {
    proxy.fault = fault;
    await app.current().button('Try again').click();
    await app.current().failsWith(code);
  };

  proxy.fault = onFile('.gguf', (response) => {
    response.writeHead(200, { 'Content-Length': 1_000_000 });
    response.end(Buffer.concat([Buffer.from('GGUF'), randomBytes(999_996)]));
  });
  const answer = await ask(app);
  await answer.failsWith('download-incomplete');
  await expect(answer.error).toContainText('1 MB of 98 MB');

  const signIn = onFile('.gguf', (response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' });
    response.end('<!doctype html><title>Sign in</title>');
  });
  await failsOnceMore(signIn, 'model-not-a-model');

  const missing = onFile('.gguf', (response) => response.writeHead(404).end());
  await failsOnceMore(missing, 'download-failed');
  await expect(answer.error).toContainText('404');

  const cut = await cutAfterBytes(20_000_000);
  await failsOnceMore(cut.fault, 'download-failed');
  await recovers(app, 'Try again');
  expect(cut.length()).toBeGreaterThanOrEqual(20_000_000);
  expect(modelRequests().at(-1)?.range).toBe('bytes=16777216-'); // two whole chunks were kept
});

test('a random file of the right size and beginning', async ({ page }) => {
  proxy.fault = onFile('.gguf', (response) => {
    response.writeHead(200, { 'Content-Length': modelBytes });
    response.end(Buffer.concat([Buffer.from('GGUF'), randomBytes(modelBytes - 4)]));
  });
  const app = await new App(page).open(proxy.url);
  await (await ask(app)).failsWith('model-damaged');
  await recovers(app, 'Download again');
});

test('a download that is cancelled goes on where it stopped', async ({ page }) => {
  proxy.fault = (await cutAfterBytes(40_000_000, { hold: true })).fault;
  const app = await new App(page).open(proxy.url);
  await app.type('What is the capital of France?');
  await expect(app.progress).toHaveText(/(3\d|40) of 98 MB/);
  await page.getByRole('button', { name: 'Cancel' }).click();
  await app.current().ended();
  await expect(app.current().article).toContainText('Stopped.');
  await recovers(app, 'Try again');
  expect(modelRequests().at(-1)?.range).toBe('bytes=33554432-');
});

test('no network before the model is there', async ({ page, context }) => {
  const app = await new App(page).open(proxy.url);
  await app.isKept();
  await context.setOffline(true);
  await (await ask(app)).failsWith('offline');
  await context.setOffline(false);
  await recovers(app, 'Try again');
});

test(
  'no room for the model',
  chromiumOnly('CDP sets how much room there is'),
  async ({ page, context }) => {
    const app = await new App(page).open(proxy.url);
    const session = await context.newCDPSession(page);
    const origin = new URL(proxy.url).origin;
    await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000_000 });
    await (await ask(app)).failsWith('storage-quota');
    await session.send('Storage.overrideQuotaForOrigin', { origin });
    await recovers(app, 'Try again');
  },
);

test('a stored model that lost a part', async ({ page }) => {
  const app = await new App(page).open(proxy.url);
  await app.loadModel();
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('corral-weights');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const transaction = opening.result.transaction('files', 'readwrite');
          transaction
            .objectStore('files')
            .delete('smollm2-135m/SmolLM2-135M-Instruct.Q4_1.gguf#00003');
          transaction.oncomplete = () => resolve();
        };
      }),
  );
  await page.reload();
  await page.getByRole('button', { name: 'New chat' }).click();
  await (await ask(app)).failsWith('model-damaged');
  await recovers(app, 'Download again');
});

test('the engine’s wasm is missing, or an HTML page', async ({ page }) => {
  const answersWith = (status: number, type: string) =>
    onFile('.wasm', (response) => {
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end('<!doctype html>');
    });
  proxy.fault = answersWith(404, 'text/plain');
  const app = await new App(page).open(proxy.url);
  await (await ask(app)).failsWith('engine-file-missing');
  const asked = wasmRequests().length;
  proxy.fault = answersWith(200, 'text/html');
  await app.current().button('Try again').click();
  // The error is the same: that it was asked for again tells the two apart.
  await expect.poll(() => wasmRequests().length).toBeGreaterThan(asked);
  await app.current().failsWith('engine-file-missing');
  await recovers(app, 'Try again');
});

test('a page without cross-origin isolation answers on one thread', async ({ page }) => {
  proxy.withoutHeaders.add('cross-origin-opener-policy').add('cross-origin-embedder-policy');
  const app = await new App(page).open(proxy.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect((await ask(app)).text).toContainText('Paris');
  await app.modelsButton.click();
  await expect(app.models).toContainText('uses one processor thread');
});

test(
  'a worker that dies in mid-answer: its text stays and the next question works',
  runsInWorker,
  async ({ page }) => {
    const app = await new App(page).open(proxy.url);
    await app.type('Write a long story about a llama.');
    const answer = app.current();
    await answer.streams();
    const worker = page.workers().find((one) => one.url().includes('engine-wllama'));
    await worker?.evaluate(() => self.close()).catch(() => {}); // the worker cannot answer any more
    await answer.failsWith('engine-died');
    await expect(answer.text).toHaveText(/\w+ \w+/);
    const next = await ask(app);
    await expect(next.text).toContainText('Paris');
  },
);

test('a reload in mid-answer keeps what was written', async ({ page }) => {
  const app = await new App(page).open(proxy.url);
  await app.type('Write a long story about a llama.');
  await app.current().streams();
  await expect(app.current().text).toHaveText(/(\w+\W+){15}/);
  await page.reload();
  await expect(app.answers.last()).toContainText('Unfinished');
  await expect(app.current().text).toHaveText(/\w+ \w+/);
  await expect(app.current().button('Try again')).toBeVisible();
});

/**
 * A fault that serves the beginning of the real file up to a number of bytes, and then breaks the socket or
 * stalls.
 */
async function cutAfterBytes(bytes: number, { hold = false } = {}) {
  const { readFile } = await import('node:fs/promises');
  const file = await readFile('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
  let sent = 0;
  const fault = onFile('.gguf', (response) => {
    response.writeHead(200, { 'Content-Length': modelBytes });
    response.write(file.subarray(0, bytes), () => {
      sent = bytes;
      if (!hold) setTimeout(() => response.destroy(), 200);
    });
  });
  return { fault, length: () => sent };
}
