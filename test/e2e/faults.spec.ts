import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { App } from './app.ts';
import { type Fault, type FaultProxy, heldFile, onFile, startFaultProxy } from './fault-proxy.ts';
import { chromiumOnly, expect, test } from './test.ts';

test.use({ serviceWorkers: 'allow' });

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
  await expect(app.current().text).toContainText('Paris', { timeout: 180_000 });
  await app.current().ended();
}

const ask = (app: App) => app.ask('What is the capital of France?');

test('wrong or incomplete downloads and a missing engine each give an error, and then it works', async ({
  page,
}) => {
  const wasm = (status: number, type: string) =>
    onFile('.wasm', (response) => {
      response.writeHead(status, { 'Content-Type': type, 'Cache-Control': 'no-store' });
      response.end('<!doctype html>');
    });
  // From the start: the service worker would keep it.
  const noWasm = wasm(404, 'text/plain');
  const set = (fault: Fault) => {
    proxy.fault = (request, response) => fault(request, response) || noWasm(request, response);
  };
  proxy.fault = noWasm;
  const app = await new App(page).open(proxy.url);
  const failsOnceMore = async (fault: Fault, code: string) => {
    set(fault);
    await app.current().button('Try again').click();
    await app.current().failsWith(code);
  };

  await test.step('less than the whole file', async () => {
    const short = onFile('.gguf', (response) => {
      response.writeHead(200, { 'Content-Length': 1_000_000 });
      response.end(Buffer.concat([Buffer.from('GGUF'), randomBytes(999_996)]));
    });
    set(short);
    await (await ask(app)).failsWith('download-incomplete');
    await expect(app.current().error).toContainText('1 MB of 98 MB');
  });

  await test.step('a sign-in page', async () => {
    const signIn = onFile('.gguf', (response) => {
      response.writeHead(200, { 'Content-Type': 'text/html' });
      response.end('<!doctype html><title>Sign in</title>');
    });
    await failsOnceMore(signIn, 'model-not-a-model');
  });

  await test.step('no such file', async () => {
    const missing = onFile('.gguf', (response) => response.writeHead(404).end());
    await failsOnceMore(missing, 'download-failed');
    await expect(app.current().error).toContainText('404');
  });

  await test.step('a connection that is cut', async () => {
    const { fault, release } = beginning(20_000_000);
    set(fault);
    await app.current().button('Try again').click();
    await expect(app.progress).toHaveText(/20 of 98 MB/);
    release();
    await app.current().failsWith('download-failed');
  });

  await test.step('a visitor who cancels', async () => {
    // Two whole chunks of what was cut were kept; this server begins anew.
    set(beginning(40_000_000).fault);
    await app.current().button('Try again').click();
    await expect.poll(() => modelRequests().at(-1)?.range).toBe('bytes=16777216-');
    await expect(app.progress).toHaveText(/(3\d|40) of 98 MB/);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await app.current().ended();
    await expect(app.current().article).toContainText('Stopped.');
  });

  await test.step('the rest, and then an engine whose wasm is missing, or an HTML page', async () => {
    await failsOnceMore(noWasm, 'engine-file-missing');
    expect(modelRequests().at(-1)?.range).toBe('bytes=33554432-'); // it went on where it stopped
    const asked = wasmRequests().length;
    set(wasm(200, 'text/html'));
    await app.current().button('Try again').click();
    // The error is the same: that it was asked for again tells the two apart.
    await expect.poll(() => wasmRequests().length).toBeGreaterThan(asked);
    await app.current().failsWith('engine-file-missing');
  });

  await test.step('and then it works', async () => {
    await recovers(app, 'Try again');
  });
});

test('a missing network, a wrong file and a damaged stored model each lead to a new download', async ({
  page,
  context,
}) => {
  const app = await new App(page).open(proxy.url);
  await test.step('no network before the model is there', async () => {
    await app.isKept();
    await context.setOffline(true);
    await (await ask(app)).failsWith('offline');
    await context.setOffline(false);
  });

  await test.step('a random file', async () => {
    proxy.fault = onFile('.gguf', (response) => {
      response.writeHead(200, { 'Content-Length': modelBytes });
      response.end(Buffer.concat([Buffer.from('GGUF'), randomBytes(modelBytes - 4)]));
    });
    await app.current().button('Try again').click();
    await app.current().failsWith('model-damaged');
    await recovers(app, 'Download again');
  });

  await test.step('a stored model that lost a part', async () => {
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

  await test.step('a reload during an answer keeps the text', async () => {
    await app.type('Write a long story about a llama.');
    await expect(app.answers).toHaveCount(2);
    await app.current().streams();
    await expect(app.current().text).toHaveText(/(\w+\W+){15}/);
    await page.reload();
    await expect(app.answers.last()).toContainText('Unfinished');
    await expect(app.current().text).toHaveText(/\w+ \w+/);
    await expect(app.current().button('Try again')).toBeVisible();
  });
});

test(
  'a full disk and a worker that dies during an answer give errors, and the text is kept',
  chromiumOnly('CDP sets how much room there is; Playwright runs nothing in a worker of Firefox'),
  async ({ page, context }) => {
    const app = await new App(page).open(proxy.url);
    await test.step('no room for the model', async () => {
      const session = await context.newCDPSession(page);
      const origin = new URL(proxy.url).origin;
      await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 20_000_000 });
      await (await ask(app)).failsWith('storage-quota');
      await session.send('Storage.overrideQuotaForOrigin', { origin });
      await recovers(app, 'Try again');
    });

    await test.step('a worker that dies during an answer', async () => {
      await app.type('Write a long story about a llama.');
      await expect(app.answers).toHaveCount(2);
      const answer = app.current();
      await answer.streams();
      const worker = page.workers().find((one) => one.url().includes('engine-wllama'));
      await worker?.evaluate(() => self.close()).catch(() => {}); // the worker cannot answer any more
      await answer.failsWith('engine-died');
      await expect(answer.text).toHaveText(/\w+ \w+/);
      const next = await ask(app);
      await expect(next.text).toContainText('Paris');
    });
  },
);

test('a page without cross-origin isolation answers on one thread', async ({ page }) => {
  proxy.withoutHeaders.add('cross-origin-opener-policy').add('cross-origin-embedder-policy');
  const app = await new App(page).open(proxy.url);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await expect((await ask(app)).text).toContainText('Paris');
  await app.modelsButton.click();
  await expect(app.models).toContainText('uses one processor thread');
});

/** The real file from its start, but only so many bytes. */
function beginning(bytes: number) {
  const file = readFile('public/models/SmolLM2-135M-Instruct.Q4_1.gguf');
  return heldFile(
    '.gguf',
    modelBytes,
    file.then((whole) => whole.subarray(0, bytes)),
  );
}
