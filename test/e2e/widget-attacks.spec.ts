// A hostile site, and hostile frames beside the widget's: nothing is accepted, leaked or broken.
import type { BrowserContext, Frame, Page } from 'playwright/test';
import { catalogue } from '../../src/core/models/catalogue.ts';
import { builtInModel } from '../../src/core/models/built-in.ts';
import { embedIn } from './embedding.ts';
import type { Site } from './site.ts';
import { chromiumOnly, expect, test } from './test.ts';
import { asks, complete, WidgetFrame } from './widget-page.ts';

test.use({ builtIn: 'Cria' });

let site: Site;
let stranger: Site;
let context: BrowserContext;
let corral: string;

embedIn(['127.0.0.1', 'evil.localhost'], (embedding) => {
  ({
    context,
    corral,
    sites: [site, stranger],
  } = embedding);
});

/** A page that sends messages to the frame itself, without the loader; `say` returns the answers. */
const bare = `<body>
  <iframe id="frame" src="CORRAL/embed.html" style="width: 24rem; height: 30rem"></iframe>
  <script>
    const target = new URL(frame.src).origin;
    window.heard = [];
    window.loaded = new Promise((resolve) => (frame.onload = resolve));
    window.connect = async (message, ports = 1) => {
      await window.loaded;
      const channels = Array.from({ length: ports }, () => new MessageChannel());
      for (const { port1 } of channels) port1.onmessage = ({ data }) => window.heard.push(data);
      frame.contentWindow.postMessage(message, target, channels.map(({ port2 }) => port2));
      window.port = channels[0]?.port1;
    };
    const options = { mode: 'inline', name: 'chat-1' };
    window.good = { type: 'corral-connect', version: 1, options };
  </script>
</body>`;

const frameOf = (page: Page): Frame => {
  const frame = page.frames().find((one) => one.url().includes('/embed.html'));
  if (!frame) throw new Error('the page has no frame');
  return frame;
};
const heardBy = (page: Page) =>
  page.evaluate(() => (window as unknown as { heard: { type: string }[] }).heard);
const run = (page: Page, script: string) => page.evaluate(script);

async function openBare(headers: Record<string, string> = {}): Promise<Page> {
  const page = await context.newPage();
  await page.goto(site.page('/bare', bare.replace('CORRAL', corral), headers));
  return page;
}

test('accepts only a valid connection from the embedding page', async () => {
  const page = await openBare();
  // Wrong shapes get no answer; more than one port is an attack.
  for (const script of [
    `connect('corral-connect')`,
    `connect({ type: 'corral-connect' })`,
    `connect({ ...good, version: '1' })`,
    `connect(good, 0)`,
    `connect(good, 2)`,
    `connect(Object.assign(JSON.parse('{"__proto__":{"version":1}}'), { type: 'corral-connect' }))`,
  ]) {
    await run(page, script);
  }
  await page.waitForTimeout(500);
  expect(await heardBy(page)).toEqual([]);

  // A frame of another site beside it, with access to the same window.
  const sibling = stranger.page(
    '/sibling',
    `<script>
      const { port1, port2 } = new MessageChannel();
      window.heard = [];
      port1.onmessage = ({ data }) => window.heard.push(data);
      const options = { mode: 'inline', name: 'chat-1' };
      parent.frames[0].postMessage({ type: 'corral-connect', version: 1, options }, '*', [port2]);
    </script>`,
  );
  await run(
    page,
    `new Promise((resolve) => {
      const beside = document.createElement('iframe');
      beside.onload = resolve;
      beside.src = '${sibling}';
      document.body.append(beside);
    })`,
  );
  await page.waitForTimeout(500);
  const beside = page.frames().find((one) => one.url() === sibling);
  expect(await beside?.evaluate('heard')).toEqual([]);

  // The right message, and then no second one: only the port counts.
  await run(page, 'connect(good)');
  await expect
    .poll(() => heardBy(page), { timeout: 30_000 })
    .toContainEqual(expect.objectContaining({ type: 'connected' }));
  await run(page, 'window.first = port');
  await run(page, 'connect(good)');
  await page.waitForTimeout(500);
  expect((await heardBy(page)).filter(({ type }) => type === 'connected')).toHaveLength(1);

  // Over the port: malformed messages change nothing and are reported once.
  const lines: string[] = [];
  page.on('console', (message) => lines.push(message.text()));
  await run(
    page,
    `for (const message of [null, 7, 'stop', [], { type: 'eval', text: '1' }, { type: 'prefill' },
      { type: 'prefill', text: 'x'.repeat(9000) }, { type: 'configure', options: { mode: 'x' } },
      JSON.parse('{"type":"configure","options":{"mode":"inline","name":"a","__proto__":{"x":1}}}')])
      first.postMessage(message)`,
  );
  const polluted = await frameOf(page).evaluate('({}).x');
  expect(polluted).toBeUndefined();
  await expect(frameOf(page).getByRole('textbox', { name: 'Message' })).toHaveValue('');
  await expect.poll(() => lines.filter((line) => line.includes('widget-message'))).toHaveLength(1);

  // Ten thousand at once: cut off, with one answer and one console line, and the chat stays.
  await run(page, `for (let at = 0; at < 10000; at += 1) first.postMessage({ type: 'focus' })`);
  await expect
    .poll(() => heardBy(page))
    .toContainEqual(
      expect.objectContaining({
        type: 'refused',
        error: expect.objectContaining({ code: 'widget-too-fast' }) as object,
      }),
    );
  const told = (await heardBy(page)).length;
  await run(page, `first.postMessage({ type: 'models', id: 1 })`);
  await page.waitForTimeout(300);
  expect(await heardBy(page)).toHaveLength(told);
  await page.close();
});

test('tells another version why it is refused, and does not start without an origin', async () => {
  const page = await openBare();
  await run(page, 'connect({ ...good, version: 2 })');
  const refused = (code: string) =>
    expect.objectContaining({
      type: 'refused',
      error: expect.objectContaining({ code }) as object,
    }) as object;
  await expect.poll(() => heardBy(page)).toEqual([refused('widget-version')]);
  await expect(frameOf(page).getByText('This chat cannot be shown here')).toBeVisible();

  // A sandboxed page has an opaque origin, and so has a frame in it: the chat does not even start.
  await page.goto(
    site.page('/sandboxed', bare.replace('CORRAL', corral), {
      'Content-Security-Policy': 'sandbox allow-scripts',
    }),
  );
  await run(page, 'connect(good)');
  await page.waitForTimeout(1000);
  expect(await heardBy(page)).toEqual([]);
  await page.close();
});

const seesCovers = chromiumOnly(
  'Firefox cannot tell what is seen, so it asks in a window of Corral',
);

test(
  'lets no site use the model without permission, however the question is hidden',
  seesCovers,
  async () => {
    const page = await context.newPage();
    const lines: string[] = [];
    page.on('console', (message) => {
      if (message.type() === 'error') lines.push(message.text());
    });
    await page.goto(
      site.page(
        '/click',
        `<body style="margin: 0"><script type="module">
        import '${corral}/widget.js';
        await customElements.whenDefined('corral-chat');
        window.chat = document.querySelector('corral-chat');
      </script>
      <corral-chat style="--corral-height: 30rem; --corral-width: 26rem"></corral-chat></body>`,
      ),
    );
    const widget = new WidgetFrame(page);
    await widget.isConnected();
    await page.waitForFunction(() => 'chat' in window);
    let answered = false;
    const asked = complete(page, asks('Hello')).then((answer) => {
      answered = true;
      return answer;
    });
    await widget.turn.click();
    await expect(widget.allow).toBeEnabled();
    const box = (await widget.allow.boundingBox())!;
    const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
    const element = 'document.querySelector("corral-chat")';
    const hide = async (style: string) => {
      await run(page, `${element}.style.cssText += ';${style}'`);
      await expect(widget.allow).toBeDisabled();
      for (let press = 0; press < 2; press += 1) {
        await page.mouse.click(...middle);
        await page.waitForTimeout(1100);
      }
      expect(answered, style).toBe(false);
      await expect(widget.question).toBeAttached();
    };
    const reset = async () => {
      await run(page, `${element}.style.cssText = '--corral-height: 30rem; --corral-width: 26rem'`);
      await expect(widget.allow).toBeEnabled();
    };
    await hide('opacity: 0.02');
    await reset();
    await hide('filter: blur(2px)');
    await reset();
    await hide('transform: rotate(2deg)');
    await reset();

    // An element of the site covers it and lets clicks through.
    await run(
      page,
      `document.body.insertAdjacentHTML('beforeend', '<div id="lure" style="position: fixed; inset: 0; pointer-events: none; background: white">Win!</div>')`,
    );
    await expect(widget.allow).toBeDisabled();
    await page.mouse.click(...middle);
    expect(answered).toBe(false);
    await run(page, `document.querySelector('#lure').remove()`);

    // Moved under a pointer that is about to press something else, and a press by a script.
    await expect(widget.allow).toBeEnabled();
    const elsewhere = [middle[0] + 300, middle[1]] as const;
    await page.mouse.move(...elsewhere);
    await page.waitForTimeout(500);
    await run(page, `${element}.style.marginLeft = '300px'`);
    await page.mouse.click(...elsewhere);
    await frameOf(page).evaluate(() => {
      const buttons = [...document.querySelectorAll('button')];
      buttons.find(({ textContent }) => textContent === 'Allow')?.click();
    });
    // Or the focus taken while the visitor types.
    await page.keyboard.press('x');
    await widget.allow.focus();
    await page.keyboard.press('Enter');
    expect(answered).toBe(false);

    await widget.refuse.click();
    expect(await asked).toEqual({ code: 'permission-denied' });
    expect(lines).toEqual([]);
    await page.close();
  },
);

test('tells a site nothing about models, device or storage before it has permission', async () => {
  // One that this device can run, one whose licence is not accepted, and one that is too large for it.
  const [licensed] = catalogue.filter(({ licence }) => licence?.terms);
  const [largest] = [...catalogue].sort((a, b) => b.downloadBytes - a.downloadBytes);
  const models = [builtInModel, licensed!, largest!].map(({ id }) => id);
  const known = catalogue.map(({ id }) => id);
  const told: object[][] = [];
  for (const model of models) {
    const page = await openBare();
    await run(
      page,
      `connect({ ...good, options: { mode: 'api', name: 'a', model: ${JSON.stringify(model)} } })`,
    );
    await expect.poll(() => heardBy(page)).toContainEqual(expect.objectContaining({ model }));
    await run(page, `port.postMessage({ type: 'models', id: 1 })`);
    await expect
      .poll(() => heardBy(page))
      .toContainEqual(expect.objectContaining({ type: 'model-list' }));
    await page.waitForTimeout(500);
    const heard = await heardBy(page);
    const list = heard.find(({ type }) => type === 'model-list') as unknown as {
      models: { id: string }[];
    };
    expect(list.models.map(({ id }) => id)).toEqual(known);
    told.push(heard.map((one) => ({ ...one, model: '' })));
    await page.close();
  }
  expect(told[1]).toEqual(told[0]);
  expect(told[2]).toEqual(told[0]);

  // About a chat, only that a message exists: not what was fetched, loaded, or failed.
  const page = await openBare();
  await run(page, 'connect(good)');
  const frame = frameOf(page);
  await frame.getByRole('textbox', { name: 'Message' }).fill('What is the capital of France?');
  await frame.getByRole('button', { name: 'Send' }).click();
  const answered = expect.objectContaining({ type: 'message', role: 'assistant' }) as object;
  await expect.poll(() => heardBy(page), { timeout: 60_000 }).toContainEqual(answered);
  expect(new Set((await heardBy(page)).map(({ type }) => type))).toEqual(
    new Set(['connected', 'attention', 'message']),
  );
  await page.close();
});

test('survives its removal by the site, and a script that is loaded twice', async () => {
  const page = await context.newPage();
  const faults: string[] = [];
  page.on('pageerror', (error) => faults.push(error.message));
  await page.goto(
    site.page(
      '/twice',
      `<body><script type="module">
        import { createChat } from '${corral}/widget.js?first';
        import { createChat as second } from '${corral}/widget.js?second';
        Object.assign(window, { first: createChat, second });
        // Changes of a page's own prototypes affect only the page.
        Object.prototype.type = 'stop';
        window.chats = Promise.all([createChat(), second()]);
      </script><corral-chat></corral-chat></body>`,
    ),
  );
  await page.waitForFunction(() => 'chats' in window);
  const lists = await page.evaluate(async () => {
    const chats = await (window as unknown as { chats: Promise<Chats> }).chats;
    return Promise.all(chats.map(async ({ models }) => (await models.list()).data.length));
  });
  expect(lists[0]).toBeGreaterThan(1);
  expect(lists[1]).toBe(lists[0]);
  await new WidgetFrame(page).isConnected();
  // Removed while a request waits for the visitor: it fails, and nothing else happens.
  const code = await page.evaluate(async () => {
    const [chat] = await (window as unknown as { chats: Promise<Chats> }).chats;
    const asked = chat!.completions
      .create({ messages: [{ role: 'user', content: 'x' }] })
      .catch((error: { code: string }) => error.code);
    await new Promise((resolve) => setTimeout(resolve, 200));
    chat!.close();
    return asked;
  });
  expect(code).toBe('widget-gone');
  await run(page, `document.querySelector('corral-chat').remove()`);
  await run(page, `document.querySelector('corral-chat') ?? 0`);
  expect(faults).toEqual([]);
  await page.close();
});

type Chats = import('../../src/widget/public').Chat[];
