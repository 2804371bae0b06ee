// A site that may use the model: what it learns about other clients, how its use is shown, paused and stopped, and its
// budget.
import type { BrowserContext, Page } from 'playwright/test';
import type { CompletionUsage } from '../../src/widget/public';
import { embedIn } from './embedding.ts';
import type { Site } from './site.ts';
import { expect, test } from './test.ts';
import { asks, complete, openApiPage, WidgetFrame } from './widget-page.ts';

test.use({ builtIn: 'Cria' });

let site: Site;
let sibling: Site;
let context: BrowserContext;
let corral: string;

// Two origins of one site: their frames share storage and an engine.
embedIn(['one.llama.localhost', 'two.llama.localhost'], (embedding) => {
  ({
    context,
    corral,
    sites: [site, sibling],
  } = embedding);
});

const api = 'corral-chat-api-1';

async function openAllowed(of: Site): Promise<{ page: Page; widget: WidgetFrame }> {
  const page = await openApiPage(await context.newPage(), of, corral);
  const widget = new WidgetFrame(page, api);
  const asked = complete(page, { ...asks('Hello'), max_tokens: 1 });
  await widget.allows();
  expect(await asked).toMatchObject({ finish: 'length' });
  return { page, widget };
}

async function usageOf(page: Page, content: string): Promise<CompletionUsage> {
  const answer = await complete(page, { ...asks(content), max_tokens: 1 });
  if (!('text' in answer)) throw new Error(answer.code);
  return answer.usage as CompletionUsage;
}

test('gets no KV cache hit for prompts of the visitor or of another origin', async () => {
  const { page } = await openAllowed(site);
  const secret = 'My PIN is 4711. What is the capital of France?';
  await page.goto(
    site.page(
      '/chat',
      `<script type="module">
        import '${corral}/widget.js';
        window.chat = document.querySelector('corral-chat');
      </script><body><corral-chat></corral-chat></body>`,
    ),
  );
  const chat = new WidgetFrame(page);
  await chat.isConnected();
  await chat.ask(secret);
  expect((await usageOf(page, secret)).prompt_tokens_details.cached_tokens).toBe(0);
  // Its own earlier prompt is cached, so the next number is meaningful.
  const own = await usageOf(page, secret);
  expect(own.prompt_tokens_details.cached_tokens).toBe(own.prompt_tokens - 1);

  const other = await openAllowed(sibling);
  await usageOf(page, secret);
  expect((await usageOf(other.page, secret)).prompt_tokens_details.cached_tokens).toBe(0);
  await other.page.close();
  await page.close();
});

test('has to ask for more time after ten minutes of use', async () => {
  const { page, widget } = await openAllowed(site);
  const frame = page.frames().find((one) => one.url().includes('/embed.html'))!;
  const spend = () =>
    frame.evaluate((origin) => {
      const spent = { spentMs: 660_000, atMs: Date.now(), isRefused: false };
      localStorage.setItem(`corral-site-spent:${origin}`, JSON.stringify(spent));
    }, site.origin);
  await spend();
  const more = complete(page, { ...asks('Hello'), max_tokens: 1 });
  await expect(widget.question).toContainText(`Allow ${site.origin} to use your model for longer?`);
  await widget.allows();
  expect(await more).toMatchObject({ finish: 'length' });
  await spend();
  const last = complete(page, asks('Hello'));
  await widget.refuse.click();
  expect(await last).toEqual({ code: 'budget-spent' });
  expect(await complete(page, asks('Hello'))).toEqual({ code: 'budget-spent' });
  await expect(widget.question).toBeHidden();
  await page.close();
});

// Last, since it has its own environment.
test.describe('with an answer that takes its time', () => {
  test.use({ builtIn: 'SmolLM2' });
  embedIn(['one.llama.localhost'], (embedding) => {
    ({
      context,
      corral,
      sites: [site],
    } = embedding);
  });

  test('is shown while it uses the model, waits while hidden, and can be stopped', async () => {
    const { page, widget } = await openAllowed(site);
    await expect(widget.mark).toBeHidden();
    const received = () =>
      page.evaluate(() => (window as unknown as { received: number }).received);
    await page.evaluate(async () => {
      const { chat } = window as unknown as { chat: import('../../src/widget/public').Chat };
      Object.assign(window, { received: 0, code: '' });
      const messages = [{ role: 'user', content: 'Write a long story about a llama.' }] as const;
      const stream = await chat.completions.create({ messages, max_tokens: 400, stream: true });
      void (async () => {
        try {
          for await (const { choices } of stream) {
            (window as unknown as { received: number }).received += choices.length;
          }
        } catch (error) {
          Object.assign(window, { code: (error as { code: string }).code });
        }
      })();
    });
    await expect(widget.mark).toContainText(`${site.origin} is using your model.`);
    await expect.poll(received).toBeGreaterThan(2);

    // The site hides the mark: nothing more is computed until it is visible again.
    await page.evaluate(`document.querySelector('${api}').style.display = 'none'`);
    await expect(widget.mark).toBeHidden();
    await page.waitForTimeout(1500);
    const before = await received();
    await page.waitForTimeout(2000);
    expect(await received()).toBe(before);
    await page.evaluate(`document.querySelector('${api}').style.display = ''`);
    await expect.poll(received).toBeGreaterThan(before + 2);

    await widget.stop.click();
    await expect.poll(() => page.evaluate('code')).toBe('permission-revoked');
    await expect(widget.mark).toBeHidden();
    const again = complete(page, asks('Hello'));
    await widget.refuse.click();
    expect(await again).toEqual({ code: 'permission-denied' });
    await page.close();
  });
});
