// A partial answer survives the loss of its worker, its tab and its page; and the engine restarts.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { chooseFiles } from './choose-files.ts';
import { isStored } from './stored-conversation.ts';
import { chromiumOnly, expect, runsInWorker, test } from './test.ts';

test.use({ profile: 'with-model' });

const story = 'Write a long story about a llama that lives on a farm.';

function engineWorker(page: Page) {
  const worker = page.workers().find((one) => one.url().includes('engine-wllama'));
  if (!worker) throw new Error('no engine worker runs');
  return worker;
}

/** The worker can no longer answer this. */
const kill = (page: Page) =>
  engineWorker(page)
    .evaluate(() => self.close())
    .catch(() => {});

async function writing(page: Page): Promise<App> {
  const app = await new App(page).open();
  await app.type(story);
  await expect(app.current().text).toHaveText(/(\w+\W+){8}/, { timeout: 60_000 });
  return app;
}

async function isUnfinishedWith(app: App, begun: string) {
  await expect(app.current().article).toContainText('Unfinished');
  await expect(app.current().text).toContainText(begun);
  await expect(app.current().button('Continue')).toBeVisible();
  await expect(app.current().button('Try again')).toBeVisible();
}

/** The partial answer, once it is stored, which happens twice a second. */
async function storedSoFar(app: App): Promise<string> {
  const text = (await app.current().text.textContent()) ?? '';
  await expect.poll(() => isStored(app.page, text)).toBe(true);
  return text;
}

const crashes = chromiumOnly('No page of Firefox that BiDi may open crashes it');
test(
  'the answer of a killed tab is kept, and the next tab continues it',
  crashes,
  async ({ page, context }) => {
    const app = await writing(page);
    const begun = await storedSoFar(app);
    const crashed = page.waitForEvent('crash');
    void page.goto('chrome://crash').catch(() => {}); // it never arrives
    await crashed;
    const next = await new App(await context.newPage()).open();
    await isUnfinishedWith(next, begun);
    await next.current().button('Continue').click();
    await next.current().goesOnFrom(begun);
    await next.stop.click();
    await next.current().ended();
  },
);

test('a reload keeps the text that was on the screen', async ({ page }) => {
  const app = await writing(page);
  const begun = (await app.current().text.textContent()) ?? '';
  await page.reload(); // the page stores it while it closes
  await isUnfinishedWith(app, begun);
});

test('a reload keeps what was just typed, also in a new chat', async ({ page }) => {
  const app = await new App(page).open();
  await app.composer.fill('A llama');
  await expect.poll(() => isStored(page, 'A llama')).toBe(true);
  await app.composer.fill('A llama on a farm');
  await page.reload();
  await expect(app.composer).toHaveValue('A llama on a farm');
});

test.describe('with answers that take no time', () => {
  test.use({ builtIn: 'Cria' });

  test('a reload right after the end of an answer keeps the answer', async ({ page }) => {
    const app = await new App(page).open();
    for (const [country, capital] of Object.entries({ France: 'Paris', Italy: 'Rome' })) {
      await app.ask(`What is the capital of ${country}?`);
      await page.reload();
      await expect(app.current().text).toHaveText(`${capital}.`);
    }
  });
});

test(
  'after a worker dies, the engine restarts and the answer is continued',
  runsInWorker,
  async ({ page }) => {
    const app = await writing(page);
    await kill(page);
    await app.current().failsWith('engine-died');
    await expect(app.modelsButton).toHaveAccessibleName(/ready/, { timeout: 30_000 });
    const begun = (await app.current().text.textContent()) ?? '';
    await app.current().button('Continue').click();
    await app.current().goesOnFrom(begun);
    await expect(app.current().error).toHaveCount(0);
    await app.stop.click();
    await app.current().ended();
  },
);

// An installed clock stays with its context, and an added model with its profile.
test.describe('in a profile of its own', () => {
  test.use({ profile: 'new' });

  test('a worker that sends nothing for two minutes is ended', runsInWorker, async ({ page }) => {
    await page.clock.install();
    const app = await writing(page);
    void engineWorker(page)
      .evaluate(() => {
        for (;;);
      })
      .catch(() => {}); // it never ends
    // It sends nothing more once it hangs.
    let before = '';
    await expect(async () => {
      const now = (await app.current().text.textContent()) ?? '';
      const isStill = now === before;
      before = now;
      expect(isStill).toBe(true);
    }).toPass({ intervals: [1500] });
    await expect(app.current().article).toHaveAttribute('aria-busy', 'true');
    await page.clock.runFor(125_000);
    await app.current().failsWith('engine-stalled');
    await expect(app.current().error).toContainText('wrote nothing for 120 seconds');
    await app.current().button('Try again').click();
    await app.current().streams();
    await app.stop.click();
    await app.current().ended();
  });

  test(
    'after repeated crashes of the engine, a model that needs less memory is offered',
    runsInWorker,
    async ({ page }) => {
      // A copy of the built-in model, which needs more memory: its context is as long as it was trained for.
      const app = await new App(page).open();
      await app.modelsButton.click();
      await app.models.getByText('Add a model of your own').click();
      const button = app.models.getByRole('button', { name: 'Choose a GGUF file' });
      const file = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
      await chooseFiles(page, () => button.click(), file);
      await expect(app.models.getByRole('radio', { name: /Instruct/ })).toBeChecked();
      await app.models.getByRole('button', { name: 'Close' }).click();

      await app.type(story);
      await app.current().streams();
      await kill(page);
      await app.current().failsWith('engine-died');
      await expect(app.current().button(/needs less memory/)).toHaveCount(0);
      await app.current().button('Try again').click();
      await app.current().streams();
      await kill(page);
      await app.current().failsWith('engine-died');
      await app
        .current()
        .button(/^Use SmolLM2 135M.*needs less memory/)
        .click();
      await app.current().streams();
      await expect(app.modelsButton).toHaveAccessibleName(/SmolLM2 135M/);
      await app.stop.click();
      await app.current().ended();
    },
  );
});
