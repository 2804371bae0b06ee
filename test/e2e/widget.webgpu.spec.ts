// WebLLM in a frame on another site: Cria on the software adapter, with the app's stored weights.
import type { BrowserContext } from 'playwright/test';
import { JsonText } from '../../workers/engines/json-text.ts';
import { App } from './app.ts';
import { openBrowser, Site } from './site.ts';
import { expect, test } from './test.ts';
import { asks, complete, openApiPage, WidgetFrame } from './widget-page.ts';

let site: Site;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let context: BrowserContext;
let corral: string;

test.beforeEach(async ({ baseURL }) => {
  corral = baseURL ?? '';
  site = await Site.start('127.0.0.1');
  browser = await openBrowser({ letsIn: true, webGpu: true });
  ({ context } = browser);
});
test.afterEach(async () => {
  await browser.close();
  await site.stop();
});

test('answers on the GPU with the app’s weights, and in JSON on request', async () => {
  const app = await new App(await context.newPage()).open(corral);
  await app.chooseModel(/Cria/);
  await app.loadModel();

  const page = await context.newPage();
  const fetched: string[] = [];
  context.on('request', (request) => {
    if (request.url().includes('/models/')) fetched.push(request.url());
  });
  await page.goto(
    site.page(
      '/gpu',
      `<script type="module">
        import '${corral}/widget.js';
        window.chat = document.querySelector('corral-chat');
      </script>
      <body><corral-chat model="cria" style="--corral-width: 28rem"></corral-chat></body>`,
    ),
  );
  const widget = new WidgetFrame(page);
  await widget.isConnected();
  await expect(widget.frame.getByText(/downloads Cria .* for this site/)).toBeVisible();
  await widget.frame.getByRole('button', { name: 'Use the models of my Corral' }).click();
  await expect(widget.frame.getByText(/downloads Cria/)).toBeHidden();
  const answer = await widget.ask('What is the capital of France?');
  await expect(answer.text).toHaveText('Paris.');
  await expect
    .poll(() => page.workers().map((worker) => worker.url()))
    .toContainEqual(expect.stringContaining('engine-webllm'));
  expect(fetched).toEqual([]);

  // Cria does not know JSON: none of its own tokens fits, and it never ends the first name.
  const asked = complete(page, {
    ...asks('What is the capital of France?'),
    response_format: { type: 'json_object' },
    max_tokens: 8,
  });
  await widget.allows();
  const cut = await asked;
  if (!('text' in cut)) throw new Error(cut.code);
  expect(cut.finish).toBe('length');
  new JsonText().add(new TextEncoder().encode(cut.text)); // throws if it is no beginning of an object
  expect(cut.text).toMatch(/^\s*\{\s*"/);

  // A schema leaves it the choice between two words.
  const schema = {
    type: 'object',
    properties: { city: { enum: ['Rome', 'Paris'] }, sure: { type: 'boolean' } },
    required: ['city', 'sure'],
    additionalProperties: false,
  };
  const held = await complete(page, {
    ...asks('What is the capital of France?'),
    response_format: { type: 'json_schema', json_schema: { name: 'capital', schema } },
    max_tokens: 60,
  });
  if (!('text' in held)) throw new Error(held.code);
  expect(held.finish).toBe('stop');
  expect(JSON.parse(held.text)).toEqual({
    city: expect.stringMatching(/^(Rome|Paris)$/),
    sure: expect.any(Boolean),
  });
});

/** 695 MB, from another host. */
const large = 'tinyllama-1.1b-chat-v1.0-q4f32_1-2k';

test('never starts a large download for a site, and offers other sources of the model', async () => {
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  const page = await context.newPage();
  await page.goto(
    site.page(
      '/large',
      `<script type="module" src="${corral}/widget.js"></script>
      <body><corral-chat model="${large}" style="--corral-height: 36rem"></corral-chat></body>`,
    ),
  );
  const widget = new WidgetFrame(page);
  const card = widget.frame.getByRole('main');
  await expect(card).toContainText('Where should TinyLlama 1.1B Chat (q4f32_1, 2k) come from?');
  await expect(card).toContainText(/is large \(\d+ MB\).* Corral does not do that/);
  await expect(widget.composer).toBeHidden();
  await card.getByRole('button', { name: 'Use the models of my Corral' }).click();
  await expect(card).toContainText(/did not allow it|does not have TinyLlama/);

  // A site's own request fails in the same way, and its need is shown.
  const api = await openApiPage(await context.newPage(), site, corral);
  const chat = new WidgetFrame(api, 'corral-chat-api-1');
  const request = complete(api, { ...asks('Hello'), model: large });
  await chat.allows();
  expect(await request).toEqual({ code: 'model-not-here' });
  await expect(chat.frame.getByRole('main')).toContainText('Where should TinyLlama');
  await api.close();
  const own = [corral, site.origin];
  expect(asked.filter((url) => !own.some((origin) => url.startsWith(origin)))).toEqual([]);
  expect(asked.filter((url) => url.includes('/models/'))).toEqual([]);

  // Nor does a Corral window: it asks the visitor first.
  await page.evaluate(() => Object.assign(window, { chat: document.querySelector('corral-chat') }));
  const opening = page.waitForEvent('popup');
  await card.getByRole('button', { name: 'Open Corral in a window' }).click();
  const opened = await opening;
  await expect(opened.getByText(/uses this window’s model/)).toBeVisible();
  const again = complete(page, asks('Hello'));
  await widget.allows();
  const question = opened.getByRole('alertdialog');
  await expect(question).toContainText(/Download TinyLlama .* \(\d+ MB\)\?.*needs it/);
  await question.getByRole('button', { name: 'Not now' }).click();
  expect(await again).toEqual({ code: 'model-not-here' });
  await opened.close();
  expect(asked.filter((url) => !own.some((origin) => url.startsWith(origin)))).toEqual([]);

  // The small one is downloaded once the visitor has chosen it and sent a message.
  await card.getByRole('button', { name: /^Use SmolLM2 135M \(98 MB\)/ }).click();
  await expect(card).toContainText(/first message downloads SmolLM2 135M \(98 MB\) for this site/);
  await expect(widget.composer).toBeVisible();
  expect(asked.filter((url) => url.includes('/models/'))).toEqual([]);
});
