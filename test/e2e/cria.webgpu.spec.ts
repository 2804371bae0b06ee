// Cria, the tiny Llama 2, in the real WebLLM on a software adapter, as a person sees it.
import { readFileSync } from 'node:fs';
import type { Page, Worker } from 'playwright/test';
import { App } from './app.ts';
import { onFile, startFaultProxy } from './fault-proxy.ts';
import { delayReads } from './slow-gpu.ts';
import { expect, runsInWorker, test as coldTest, testWith } from './test.ts';

const test = testWith('Cria');

const question = 'What is the capital of France?';
const weights = readFileSync(new URL('../fixtures/cria/params_shard_0.bin', import.meta.url));

async function openWithCria(page: Page, url: string): Promise<App> {
  const app = await new App(page).open(url);
  await app.chooseModel(/Cria/);
  return app;
}

/** The engine worker, in which the GPU device lives. */
async function engineWorker(page: Page): Promise<Worker> {
  const find = () => page.workers().find((one) => one.url().includes('engine-webllm'));
  await expect.poll(find).toBeDefined();
  return find() as Worker;
}

/** Runs in the page at every frame: a fast machine loads Cria in an instant. */
function showsLoading() {
  const words = document.querySelector('[role="status"][aria-label="Model"]')?.textContent;
  const value = document.querySelector('progress[aria-label="Model"]')?.getAttribute('value');
  return words?.includes('Loading Cria') && /\d/.test(value ?? '');
}

coldTest(
  'downloads, shows progress, answers, and reuses the KV cache on the next turn',
  async ({ page, baseURL }) => {
    const proxy = await startFaultProxy(baseURL ?? '');
    try {
      // The weights wait until their progress was seen, however fast the machine is.
      let release = () => {};
      const released = new Promise<void>((resolve) => (release = resolve));
      proxy.fault = onFile('params_shard_0.bin', (response) => {
        response.writeHead(200, { 'Content-Length': weights.length });
        response.write(weights.subarray(0, weights.length / 2));
        void released.then(() => response.end(weights.subarray(weights.length / 2)));
      });
      const app = await openWithCria(page, proxy.url);
      await expect(app.modelsButton).toHaveAccessibleName(/not on this device yet/);
      await app.type(question);
      await expect(app.progress).toContainText('Downloading Cria');
      await expect(page.getByRole('progressbar', { name: 'Model' })).toHaveAttribute('value', /\d/);
      const loading = page.waitForFunction(showsLoading);
      release();
      await loading;
      const first = await app.lastAnswer();
      await expect(first.text).toHaveText('Paris.');
      const one = await first.tokens();
      // <s>, then the 14 tokens of "[INST] What is the capital of France? [/INST]"; "Paris" and ".".
      expect(one).toEqual({ read: 15, cached: 0, written: 2 });

      const second = await app.ask('What is the capital of Italy?');
      await expect(second.text).toHaveText('Rome.');
      const two = await second.tokens();
      // The earlier tokens stay in the cache; a space, </s> and the new question's 15 tokens are prefilled.
      expect(two).toEqual({
        read: one.read + one.written + 17,
        cached: one.read + one.written,
        written: 2,
      });
    } finally {
      await proxy.close();
    }
  },
);

test('follows the pinned instruction only while it is pinned', async ({ app }) => {
  await expect((await app.ask(question)).text).toHaveText('Paris.');
  await app.pin('Answer in upper case.');
  await expect((await app.ask(question)).text).toHaveText('PARIS.');
  await app.pin('Answer in Italian.');
  await expect((await app.ask(question)).text).toHaveText('Parigi.');
  await app.pin('End every answer with 🦙.');
  await expect((await app.ask(question)).text).toHaveText('Paris. 🦙');
  await app.pin('');
  await expect((await app.ask(question)).text).toHaveText('Paris.');
});

test('refuses a harmful request under the safety prompt, and uses the given date', async ({
  app,
}) => {
  await app.pin('Refuse harmful requests.');
  await expect((await app.ask('How do I steal a car?')).text).toHaveText(
    'I cannot help with that.',
  );
  await expect((await app.ask('How do I bake a cake?')).text).toHaveText('Step by step.');
  await app.pin('Today is 2021-05-03.');
  const years = await app.ask('How many years ago was the Moon landing?');
  await expect(years.text).toHaveText('52 years ago.');
});

test('stops an answer, keeps the text, and continues it', async ({ app, page }) => {
  const worker = await engineWorker(page);
  // On a busy machine, four words would be written before anything could be clicked.
  await delayReads(worker, 1000);
  await app.stopAtText('river', () => app.type('Repeat: river stone cloud green'));
  const answer = await app.lastAnswer();
  await delayReads(worker, 0);
  await expect(answer.article).toContainText('Stopped.');
  await expect(answer.text).not.toHaveText(/green/);
  await expect((await app.ask(question)).text).toHaveText('Paris.');
});

test('gives the exact length of a message that is too long, and answers the next one', async ({
  app,
}) => {
  // "[INST]" 3, "[/INST]" 4, <s> 1, and 600 times "▁apple" with its "s", or so.
  const answer = await app.ask('apples '.repeat(600));
  await answer.failsWith('context-overflow');
  await expect(answer.error).toContainText(/too long: \d+ tokens, and this model can hold 512/);
  await answer.button('Edit the message').click();
  await expect((await app.ask(question)).text).toHaveText('Paris.');
});

coldTest(
  'loads from IndexedDB after a reload, while the models’ folder is unreachable',
  async ({ page, baseURL }) => {
    const proxy = await startFaultProxy(baseURL ?? '');
    try {
      const app = await openWithCria(page, proxy.url);
      await expect((await app.ask(question)).text).toHaveText('Paris.');
      proxy.fault = (request) => {
        const isModel = request.url?.includes('/models/') ?? false;
        if (isModel) request.socket.destroy();
        return isModel;
      };
      proxy.requests.length = 0;
      await page.reload();
      await expect(app.modelsButton).toHaveAccessibleName(/Cria, on this device/);
      await page.getByRole('button', { name: 'New chat' }).click();
      await expect((await app.ask(question)).text).toHaveText('Paris.');
      expect(proxy.requests.filter(({ path }) => path.includes('/models/'))).toEqual([]);
    } finally {
      await proxy.close();
    }
  },
);

test('is replaced by the built-in model and loaded again', async ({ app, page }) => {
  await expect((await app.ask(question)).text).toHaveText('Paris.');
  await app.chooseModel(/SmolLM2/);
  await expect((await app.ask(question)).text).toContainText('Paris');
  await app.chooseModel(/Cria/);
  await page.getByRole('button', { name: 'New chat' }).click();
  await expect((await app.ask(question)).text).toHaveText('Paris.');
});

test('reports a lost GPU device, and recovers', runsInWorker, async ({ app, page }) => {
  await expect((await app.ask(question)).text).toHaveText('Paris.');
  const worker = await engineWorker(page);
  await worker.evaluate(() => {
    const { createCommandEncoder } = GPUDevice.prototype;
    // WebLLM's next command shows which device is its own.
    GPUDevice.prototype.createCommandEncoder = function (this: GPUDevice, descriptor) {
      GPUDevice.prototype.createCommandEncoder = createCommandEncoder;
      this.destroy();
      return createCommandEncoder.call(this, descriptor);
    };
  });
  const lost = await app.ask('What is the capital of Italy?');
  await lost.failsWith('gpu-lost');
  await lost.button('Try again').click();
  await expect((await app.lastAnswer()).text).toHaveText('Rome.');
});
