// Questions about a site: no way of pressing answers one that was not read.
import type { BrowserContext, Page } from 'playwright/test';
import { embedIn } from './embedding.ts';
import type { Site } from './site.ts';
import { chromiumOnly, expect, test } from './test.ts';
import { asks, complete, openApiPage, WidgetFrame } from './widget-page.ts';

test.use({ builtIn: 'Cria' });

let site: Site;
let context: BrowserContext;
let corral: string;

embedIn(['127.0.0.1'], (embedding) => {
  ({
    context,
    corral,
    sites: [site],
  } = embedding);
});

const seesCovers = chromiumOnly(
  'Firefox cannot tell what is seen, so it asks in a window of Corral',
);

/** A site's request that waits for the visitor; `isAnswered` tells whether it was allowed. */
async function asking(page: Page) {
  await openApiPage(page, site, corral);
  const widget = new WidgetFrame(page, 'corral-chat-api-1');
  let isAnswered = false;
  const asked = complete(page, { ...asks('Hello'), max_tokens: 1 });
  void asked.then(() => (isAnswered = true));
  await expect(widget.turn).toBeVisible();
  const middleOf = async (of: typeof widget.turn) => {
    const { x, y, width, height } = (await of.boundingBox())!;
    return [x + width / 2, y + height / 2] as const;
  };
  return { widget, middleOf, isAnswered: () => isAnswered, asked };
}

test(
  'repeated presses on one spot never answer it, even if the frame moves',
  seesCovers,
  async () => {
    const page = await context.newPage();
    const { widget, middleOf, isAnswered, asked } = await asking(page);
    const turn = await middleOf(widget.turn);
    for (const pauseMs of [0, 40, 300, 700, 1200, 1500]) {
      await page.mouse.click(...turn);
      await page.waitForTimeout(pauseMs);
    }
    await expect(widget.allow).toBeEnabled();
    const allow = await middleOf(widget.allow);
    // The frame is placed so that the answer comes under the spot that is pressed all the time.
    const put = (translate: string) =>
      page.evaluate((translate) => {
        const { shadowRoot } = document.querySelector('corral-chat-api-1')!;
        shadowRoot!.querySelector<HTMLElement>('.panel')!.style.translate = translate;
      }, translate);
    await put(`${turn[0] - allow[0]}px ${turn[1] - allow[1]}px`);
    for (const pauseMs of [0, 1200, 1500]) {
      await page.waitForTimeout(pauseMs);
      await page.mouse.click(...turn);
    }
    await put('');
    expect(isAnswered()).toBe(false);
    await widget.refuse.click();
    expect(await asked).toEqual({ code: 'permission-denied' });
    await page.close();
  },
);

test('a key that is held down does not answer it', seesCovers, async () => {
  const page = await context.newPage();
  const { widget, isAnswered, asked } = await asking(page);
  await widget.turn.focus();
  await page.keyboard.down('Enter');
  await expect(widget.allow).toBeVisible();
  for (let repeat = 0; repeat < 40; repeat += 1) {
    await page.keyboard.down('Enter');
    await page.waitForTimeout(40);
    if (repeat === 10) await widget.allow.focus();
  }
  await page.keyboard.up('Enter');
  expect(isAnswered()).toBe(false);
  // A person who reads it first can answer it.
  await widget.allow.focus();
  await expect(widget.allow).toBeEnabled();
  await page.keyboard.press('Enter');
  expect(await asked).toMatchObject({ finish: 'length' });
  await page.close();
});

test('is asked in the visitor’s language, whatever the site’s is', async () => {
  const page = await context.newPage();
  await page.goto(
    site.page(
      '/lang',
      `<script type="module">
        import { createChat } from '${corral}/widget.js';
        window.chat = await createChat({ lang: 'it' });
      </script><body><h1>Un sito</h1></body>`,
    ),
  );
  await page.waitForFunction(() => 'chat' in window);
  const widget = new WidgetFrame(page, 'corral-chat-api-1');
  // Another test's tab may have refused for this site.
  const asked = complete(page, asks('Hello'));
  await expect(widget.question).toContainText(`Allow ${site.origin} to use your model?`);
  await expect(widget.question).toHaveAttribute('lang', 'en');
  await widget.refuse.click();
  expect(await asked).toEqual({ code: 'permission-denied' });
  await page.close();
});

test('a window that asks is protected like the frame', async () => {
  // One of Corral's own pages that may open windows, as a frame may.
  const page = await context.newPage();
  await page.goto(`${corral}/embed.html`);
  await page.getByRole('link', { name: 'Open Corral' }).waitFor();
  const opening = page.waitForEvent('popup');
  await page.evaluate(() => {
    const heard: unknown[] = [];
    Object.assign(window, { heard });
    addEventListener('message', ({ data, ports: [port] }) => {
      if ((data as { type: string }).type !== 'corral-permission' || !port) return;
      port.onmessage = ({ data }) => void heard.push(data);
      port.postMessage({ origin: 'https://site.test', wants: 'use', lasts: false });
    });
    window.open('embed.html#permission', '', 'popup,width=460,height=640');
  });
  const heard = () => page.evaluate(() => (window as unknown as { heard: unknown[] }).heard);
  const opened = await opening;
  const allow = opened.getByRole('button', { name: 'Allow' });
  await allow.waitFor();
  await allow.dispatchEvent('click');
  const { x, y, width, height } = (await allow.boundingBox())!;
  for (const pauseMs of [36, 800, 300, 600, 36]) {
    await opened.mouse.click(x + width / 2, y + height / 2);
    await opened.waitForTimeout(pauseMs);
  }
  await allow.focus();
  for (let repeat = 0; repeat < 30; repeat += 1) {
    await opened.keyboard.down('Enter');
    await opened.waitForTimeout(40);
  }
  await opened.keyboard.up('Enter');
  expect(await heard()).toEqual([]);
  await expect(allow).toBeEnabled();
  await allow.click();
  await expect.poll(heard).toEqual([{ allows: true }]);
  await page.close();
});
