// The widget on other sites: embedding, chatting, the API and its permission. Storage is kept apart.
import { type BrowserContext, expect, type Page, test } from 'playwright/test';
import { openBrowser, Site } from './site.ts';
import { WidgetFrame } from './widget-page.ts';

let site: Site;
let browser: Awaited<ReturnType<typeof openBrowser>>;
let context: BrowserContext;
let corral: string;

test.beforeAll(async ({ baseURL }) => {
  corral = baseURL ?? '';
  site = await Site.start('127.0.0.1');
  browser = await openBrowser({ letsIn: false });
  ({ context } = browser);
});
test.afterAll(async () => {
  await browser.close();
  await site.stop();
});

const embed = (rest: string) =>
  `<script type="module" src="${corral}/widget.js"></script><body>${rest}</body>`;

/** The page's own ear for the element's events, by kind. */
async function listen(page: Page): Promise<() => Promise<string[]>> {
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(window, { heard });
    for (const name of ['ready', 'progress', 'message', 'error', 'open-change']) {
      addEventListener(
        name,
        (event) => heard.push(`${name} ${JSON.stringify((event as CustomEvent).detail)}`),
        true,
      );
    }
  });
  return () => page.evaluate(() => (window as unknown as { heard: string[] }).heard);
}

test('chats in a frame of Corral’s own, which the site cannot read; two of them share one engine', async () => {
  const page = await context.newPage();
  const heard = await listen(page);
  const consoleLines: string[] = [];
  page.on('console', (message) => consoleLines.push(message.text()));
  const url = site.page(
    '/two',
    embed(`<h1>A site</h1>
      <corral-chat id="one" placeholder="Ask the llama" sytem-prompt="typo"></corral-chat>
      <corral-chat id="two"></corral-chat>`),
  );
  await page.goto(url);
  const one = new WidgetFrame(page, '#one');
  await one.isConnected();
  await expect(one.composer).toHaveAttribute('placeholder', 'Ask the llama');
  expect(consoleLines.filter((line) => line.includes('sytem-prompt'))).toHaveLength(1);
  const first = await one.ask('What is the capital of France?');
  await expect(first.text).toContainText('Paris');

  // What the site hears of it: that there was something, and not what.
  const told = await heard();
  expect(told).toContain('message {"role":"user","failed":false}');
  expect(told).toContain('message {"role":"assistant","failed":false}');
  expect(told.join()).not.toMatch(/Paris|France/);
  const seen = await page.evaluate(() => {
    const frame = document.querySelector('#one')?.shadowRoot?.querySelector('iframe');
    try {
      return frame?.contentWindow?.document.body.textContent ?? frame?.contentDocument;
    } catch (error) {
      return (error as Error).name;
    }
  });
  expect(seen).toBe('SecurityError');

  await page.locator('#two').scrollIntoViewIfNeeded();
  const two = new WidgetFrame(page, '#two');
  await two.isConnected();
  const downloads: string[] = [];
  page.on('request', (request) => downloads.push(request.url()));
  const second = await two.ask('What is the capital of Italy?');
  await expect(second.text).toContainText('Rome');
  expect(downloads.filter((asked) => asked.endsWith('.gguf'))).toEqual([]);
  const engines = page.workers().filter((worker) => worker.url().includes('engine-'));
  expect(engines).toHaveLength(1);

  // The one with the engine goes in the middle of an answer: the other one has its own within one question.
  await one.composer.fill('Write a long story about a llama.');
  await one.composer.press('Enter');
  await expect(one.answers.last()).toHaveAttribute('aria-busy', 'true');
  await page.evaluate(() => document.querySelector('#one')?.remove());
  await expect((await two.ask('What is the capital of France?')).text).toContainText('Paris');

  // The chat is there on the site's next page.
  await page.reload();
  await page.locator('#two').scrollIntoViewIfNeeded();
  await expect(two.answers.first()).toContainText('Rome');
  await page.close();
});
