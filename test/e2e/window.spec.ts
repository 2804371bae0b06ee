// The context window as a person sees it: meter, trimming, a message that is too long.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { openWithSmallWindow, smallWindow } from './small-window.ts';
import { expect, test, testWith } from './test.ts';

test.use({ profile: 'with-model' });
const loadedTest = testWith('SmolLM2 135M');

const meter = (page: Page) => page.getByRole('meter', { name: 'Context window' });

/** A part of the open panel: "System text" and the like. */
async function part(page: Page, name: string): Promise<number> {
  const row = page.locator('dl > div').filter({ hasText: name });
  return Number((await row.getByRole('definition').innerText()).replace(/\D/g, ''));
}

/** About 90 tokens, and an answer as short as the small window's are. */
async function tellAStory(app: App, index: number) {
  const story =
    `Story ${index}. ` + 'The llama walks over the hill and looks at the sea. '.repeat(7);
  return (await app.ask(story)).tokens();
}

test('the meter estimates before a model is loaded, and then shows the engine’s count', async ({
  page,
}) => {
  const app = await new App(page).open();
  await expect(meter(page)).toHaveAttribute('aria-valuetext', /^about \d+ of 2,048 tokens$/);
  await page.getByText(/^≈ \d+ \/ 2,048$/).click();
  await expect(page.getByText('Estimated: the model counts exactly')).toBeVisible();
  await expect.poll(() => part(page, 'Reserved for the answer')).toBe(512);

  const { read, written } = await (await app.ask('What is the capital of France?')).tokens();
  await expect(meter(page)).toHaveAttribute('aria-valuetext', /^\d+ of 2,048 tokens$/);
  await expect(page.getByText('Counted by the model’s own tokenizer.')).toBeVisible();
  // <|im_end|> and a line end after the answer, then nine tokens of the next question's marks.
  await expect(meter(page)).toHaveAttribute('aria-valuenow', `${read + written + 2 + 9}`);
  // "<|im_start|>system", a line end, seven words and a full stop, "<|im_end|>" and a line end.
  await expect.poll(() => part(page, 'System text')).toBe(12);

  await app.pin('Answer in one word.');
  await expect.poll(() => part(page, 'Pinned instruction')).toBeGreaterThan(4);
  await app.composer.fill('The llama walks over the hill.');
  await expect.poll(() => part(page, 'Your next message')).toBeGreaterThan(5);
});

loadedTest(
  'offers to send only the end of 100,000 pasted characters, and shows its length',
  async ({ app, page }) => {
    const text = 'a llama '.repeat(12_500).trim() + '.';
    const answer = await app.ask(text);
    await answer.failsWith('context-overflow');
    await expect(answer.error).toContainText(/too long: \d+ tokens, and this model can hold 2048/);
    await expect(answer.button('Edit the message')).toBeVisible();
    const tokens = Number(/too long: (\d+)/.exec(await answer.error.innerText())?.[1]);
    const sendEnd = answer.article.getByRole('button', { name: /^Send only the end/ });
    await expect(sendEnd).toHaveText(/the last \d,\d{3} of 100,000 characters/);
    await sendEnd.click();
    await expect(app.current().article).toContainText(/Reading your message: \d+ %/);
    await app.stop.click();
    await app.current().ended();
    const question = page.getByRole('article', { name: 'Question' });
    const end = await question.innerText();
    // Nearly as much as there is room for: a quarter of the answer's reserve stays free.
    const roomShare = (2048 - 512 / 4) / tokens;
    expect(end.length).toBeGreaterThan(0.95 * roomShare * text.length);
    expect(text.endsWith(end)).toBe(true);
    await expect(page.getByText(/The end of a longer message: \d,\d{3} of 100,000/)).toBeVisible();
  },
);

loadedTest('counts a draft once, and then leaves the engine alone', async ({ app, page }) => {
  const draft = 'The llama walks over the hill.';
  const asked = await page.evaluateHandle(() => {
    const messages: string[] = [];
    const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (...args: [unknown]) {
      messages.push(JSON.stringify(args[0]));
      Reflect.apply(postMessage, this, args);
    };
    return messages;
  });
  const count = () =>
    asked.evaluate((all, draft) => all.filter((one) => one.includes(draft)).length, draft);
  await app.composer.fill(draft);
  await expect.poll(count).toBe(1);
  // The next one would be asked for within a third of a second, and a poll would end before.
  await page.waitForTimeout(1500);
  expect(await count()).toBe(1);
});

loadedTest('accepts control characters and right-to-left text', async ({ app, page }) => {
  await app.composer.evaluate((field: HTMLTextAreaElement) => {
    field.value = 'שלום\u0000 \u0007\u001b[31m עולם \u202e abc';
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });
  await app.composer.press('Enter');
  const answer = await app.lastAnswer();
  await expect(answer.error).toHaveCount(0);
  await expect(answer.text).toHaveText(/\S/);
  const question = page.getByRole('article', { name: 'Question' });
  expect(await question.evaluate((one) => getComputedStyle(one).direction)).toBe('rtl');
});

test.describe('with a small window', () => {
  test.use({ profile: 'new' });

  const room = smallWindow.contextTokens - smallWindow.answerTokens;

  test('drops the oldest exchanges when the window is full, reuses the rest, and summarises what it dropped', async ({
    page,
  }, info) => {
    const app = await openWithSmallWindow(page, info);
    let turns = 1;
    await test.step('drops the oldest exchanges, says so, and reuses the rest', async () => {
      await page.getByText(new RegExp(` / ${smallWindow.contextTokens}$`)).click();
      let before = await tellAStory(app, 0);
      for (; turns < 8; turns += 1) {
        const now = await tellAStory(app, turns);
        expect(now.read).toBeLessThanOrEqual(room);
        if (now.read < before.read) break;
        // A turn that only appends reads only what is new.
        expect(now.cached).toBeGreaterThanOrEqual(before.read + before.written - 1);
        before = now;
      }
      expect(turns).toBe(3);
      await expect(page.getByText('The model no longer sees the messages above')).toBeVisible();
      await expect(page.getByText(/older messages no longer fit/)).toBeVisible();

      const trimmed = await app.current().tokens();
      // At most half of the room, so that the next turn still fits and reuses all of this one.
      expect(trimmed.read).toBeLessThan(room / 2 + 20);
      const next = await tellAStory(app, turns + 1);
      expect(next.cached).toBeGreaterThanOrEqual(trimmed.read + trimmed.written - 1);
    });

    await test.step('has the model summarise the dropped messages, and marks and counts the summary', async () => {
      await expect(meter(page)).toHaveAttribute(
        'aria-valuetext',
        new RegExp(`^\\d+ of ${smallWindow.contextTokens} tokens$`),
      );
      const plain = Number(await meter(page).getAttribute('aria-valuenow'));
      await page.getByRole('button', { name: 'Summarise for the model' }).click();
      const summary = page.getByRole('region', {
        name: /Summary of \d+ earlier messages, written by small-window/,
      });
      await expect(summary).toBeVisible({ timeout: 120_000 });
      await expect(summary).toContainText(/\w+ \w+ \w+/);
      await expect
        .poll(async () => Number(await meter(page).getAttribute('aria-valuenow')))
        // It takes the place of the instructions with which the model's own template begins.
        .not.toBe(plain);

      await summary.getByRole('button', { name: 'Remove the summary' }).click();
      await expect(summary).toBeHidden();
      await expect(meter(page)).toHaveAttribute('aria-valuenow', `${plain}`);
    });

    await test.step('is the same after a reload, before the model is loaded', async () => {
      const boundary = page.locator('.boundary + [data-part="message"] article');
      const firstSeen = await boundary.innerText();
      await page.reload();
      await expect(boundary).toHaveText(firstSeen);
    });
  });
});
