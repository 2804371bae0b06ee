// The widget on other sites: embedding, chatting, the API and its permission. Storage is partitioned.
import type { BrowserContext, Page } from 'playwright/test';
import { embedIn } from './embedding.ts';
import type { Site } from './site.ts';
import { bundle } from './bundle.ts';
import { chromiumOnly, expect, test } from './test.ts';
import { asks, complete, WidgetFrame } from './widget-page.ts';

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

const embed = (rest: string) =>
  `<script type="module" src="${corral}/widget.js"></script><body>${rest}</body>`;

/** The page's own listener for the element's events, by kind. */
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

test('chats in a frame that the site cannot read, and two frames share one engine', async () => {
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

  // The site learns that there was a message, but not its text.
  await expect.poll(heard).toContain('message {"role":"assistant","failed":false}');
  const told = await heard();
  expect(told).toContain('message {"role":"user","failed":false}');
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

  // The frame with the engine closes in the middle of an answer: the other one has its own engine within one
  // question.
  await one.send('Write a long story about a llama.');
  await expect(one.answers.last()).toHaveAttribute('aria-busy', 'true');
  await page.evaluate(() => document.querySelector('#one')?.remove());
  await expect((await two.ask('What is the capital of France?')).text).toContainText('Paris');

  // The chat is there on the site's next page.
  await page.reload();
  await page.locator('#two').scrollIntoViewIfNeeded();
  await expect(two.answers.first()).toContainText('Rome');
  await page.close();
});

test('answers a site’s requests while it has the visitor’s permission', async () => {
  const url = site.page(
    '/api',
    `<script type="module">
      import { createChat } from '${corral}/widget.js';
      window.chat = await createChat();
    </script><body><h1>A site</h1></body>`,
  );
  const open = async () => {
    const page = await context.newPage();
    await page.goto(url);
    await page.waitForFunction(() => 'chat' in window);
    return page;
  };
  // Refused: not asked again in this tab, not even after a reload.
  const refusing = await open();
  const frame = new WidgetFrame(refusing, 'corral-chat-api-1');
  const refused = complete(refusing, asks('Hello'));
  await frame.refuse.click();
  expect(await refused).toEqual({ code: 'permission-denied' });
  await refusing.reload();
  await refusing.waitForFunction(() => 'chat' in window);
  expect(await complete(refusing, asks('Hello'))).toEqual({ code: 'permission-denied' });
  await expect(frame.question).toBeHidden();
  await refusing.close();

  const page = await open();
  const widget = new WidgetFrame(page, 'corral-chat-api-1');
  const asked = complete(page, asks('What is the capital of France?'));
  await expect(widget.question).toContainText(`Allow ${site.origin} to use your model?`);
  await widget.allows();
  const answer = await asked;
  expect(answer).toMatchObject({ finish: 'stop' });
  if (!('text' in answer)) throw new Error(answer.code);
  expect(answer.text).toContain('Paris');
  expect(answer.chunks).toBeGreaterThan(3);
  expect(answer.usage.total_tokens).toBe(
    answer.usage.prompt_tokens + answer.usage.completion_tokens,
  );

  // Whole answers, several messages, limits and errors.
  const whole = await page.evaluate(async () => {
    const { chat } = window as unknown as { chat: import('../../src/widget/public').Chat };
    const messages = [
      { role: 'system', content: 'You answer in one word.' },
      { role: 'user', content: 'What is the capital of France?' },
      { role: 'assistant', content: 'Paris' },
      { role: 'user', content: 'And of Italy?' },
    ] as const;
    const { choices } = await chat.completions.create({ messages, max_tokens: 8 });
    return choices[0]?.message.content;
  });
  expect(whole).toMatch(/Rome|Italy/);
  expect(await complete(page, { ...asks('x'), temperature: 9 })).toEqual({
    code: 'completion-invalid',
  });
  expect(await complete(page, { ...asks('x'), model: 'gpt' })).toEqual({ code: 'no-such-model' });
  expect(await complete(page, asks('llama '.repeat(4000)))).toEqual({ code: 'context-overflow' });
  expect(await complete(page, asks('Write a long story.'), { abortAfterMs: 1500 })).toEqual({
    code: 'TimeoutError',
  });
  const many = await Promise.all(
    Array.from({ length: 10 }, () => complete(page, { ...asks('x'), max_tokens: 1 })),
  );
  const tooMany = many.filter((one) => 'code' in one);
  // The aborted one may still be ending.
  expect(tooMany.length).toBeGreaterThanOrEqual(2);
  expect(new Set(tooMany.map((one) => JSON.stringify(one)))).toEqual(
    new Set(['{"code":"too-many-requests"}']),
  );

  // Remembered on the site's other pages, and revoked there in the middle of an answer.
  await page.goto(site.page('/chat', embed('<corral-chat></corral-chat>')));
  const chat = new WidgetFrame(page);
  await chat.isConnected();
  await page.evaluate(() => Object.assign(window, { chat: document.querySelector('corral-chat') }));
  const story = complete(page, asks('Write a long story about a llama.'));
  await chat.frame.getByRole('button', { name: 'Options of this chat' }).click();
  const options = chat.frame.getByRole('dialog', { name: 'Options of this chat' });
  await expect(options).toContainText(`${site.origin} may use your model`);
  await options.getByRole('button', { name: 'Revoke' }).click();
  expect(await story).toEqual({ code: 'permission-revoked' });
  await options.getByRole('button', { name: 'Close' }).click();
  const again = complete(page, asks('Hello'));
  await chat.refuse.click();
  expect(await again).toEqual({ code: 'permission-denied' });
  await page.close();
});

const byKey = chromiumOnly('Over BiDi, no key reaches a frame of another site');

test(
  'loads nothing before the floating widget is opened, and works by keyboard',
  byKey,
  async () => {
    const page = await context.newPage();
    const frames: string[] = [];
    page.on('request', (request) => frames.push(request.url()));
    await page.goto(
      site.page('/floating', embed('<corral-chat mode="floating" lang="it"></corral-chat>')),
    );
    const launcher = page.getByRole('button', { name: 'Apri la chat' });
    await expect(launcher).toHaveAttribute('aria-expanded', 'false');
    expect(frames.filter((url) => url.includes('embed'))).toEqual([]);
    await launcher.focus();
    await page.keyboard.press('Enter');
    const floating = page.frameLocator('corral-chat iframe');
    await expect(floating.getByRole('textbox', { name: 'Messaggio' })).toBeFocused({
      timeout: 30_000,
    });
    await page.keyboard.press('Escape');
    await expect(page.locator('corral-chat')).not.toHaveAttribute('open');
    await expect(page.getByRole('button', { name: 'Apri la chat' })).toBeFocused();
    await page.close();
  },
);

test('works as an element in plain HTML, React, Svelte and Vue', async () => {
  const page = await context.newPage();
  for (const [name, script] of [
    ['React', 'react.mjs'],
    ['Svelte', 'svelte.ts'],
    ['Vue', 'vue.ts'],
  ] as const) {
    const code = site.script(`/${script}.js`, await bundle(script));
    const body = embed(`<script src="${code}" defer></script>`);
    await page.goto(site.page(`/${name}`, body));
    const composer = page.frameLocator('corral-chat iframe').getByRole('textbox');
    await expect(composer).toHaveAttribute('placeholder', `From ${name}`, { timeout: 30_000 });
    await expect(page.locator('output')).toHaveText('smollm2-135m');
    await page.getByRole('button', { name: 'Change' }).click();
    await expect(composer).toHaveAttribute('placeholder', `Changed by ${name}`);
    if (name !== 'Svelte') {
      const root = page.frameLocator('corral-chat iframe').locator('html');
      await expect(root).toHaveAttribute('data-theme', 'dark');
    } else {
      await page.getByRole('button', { name: 'Suggest' }).click();
      await expect(composer).toHaveValue('A question that the site suggests');
      await expect(composer).not.toBeFocused();
    }
  }
  await page.close();
});

test('works on a site with Trusted Types, floating and without a window', async () => {
  const page = await context.newPage();
  const errors: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') errors.push(message.text());
  });
  const policy = { 'Content-Security-Policy': "require-trusted-types-for 'script'" };
  await page.goto(
    site.page('/trusted-types', embed('<corral-chat mode="floating"></corral-chat>'), policy),
  );
  await page.getByRole('button', { name: 'Open the chat' }).click();
  const widget = new WidgetFrame(page);
  await widget.isConnected();
  await expect(widget.composer).toBeFocused();
  await page.evaluate(async (corral) => {
    const { createChat } = (await import(
      `${corral}/widget.js`
    )) as typeof import('../../src/widget/public');
    const first = await createChat();
    await (await createChat()).models.list();
    first.close();
  }, corral);
  expect(errors).toEqual([]);
});
