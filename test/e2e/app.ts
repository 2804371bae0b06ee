/** Drives Corral as a person would: through roles, labels and visible text. */
import { expect, type Locator, type Page } from 'playwright/test';
import { findPart } from '../app-parts.ts';
import { answerTimeoutMs, storingTimeoutMs } from '../time-limits.ts';

export class App {
  readonly composer: Locator;
  readonly send: Locator;
  readonly stop: Locator;
  readonly answers: Locator;
  readonly modelsButton: Locator;
  readonly models: Locator;
  readonly progress: Locator;

  constructor(readonly page: Page) {
    this.composer = findPart(page, 'composer');
    this.send = findPart(page, 'send');
    this.stop = findPart(page, 'stop');
    this.answers = findPart(page, 'answers');
    this.modelsButton = findPart(page, 'modelsButton');
    this.models = findPart(page, 'models');
    this.progress = findPart(page, 'progress');
  }

  async open(url = '/'): Promise<this> {
    await this.page.goto(url);
    await expect(this.composer).toBeVisible();
    return this;
  }

  async type(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Sends the text and waits until its answer has ended in any way. */
  async ask(text: string): Promise<Answer> {
    await this.type(text);
    return this.lastAnswer();
  }

  async lastAnswer(): Promise<Answer> {
    const answer = this.current();
    await answer.ended();
    return answer;
  }

  /** The newest answer, which may still be growing. */
  current(): Answer {
    return new Answer(this.answers.last());
  }

  /**
   * Clicks Stop in the very frame in which the answer that `ask` begins has the text. It watches before that, since
   * tiny models write such a text within less time than a busy machine takes to begin to watch.
   */
  async stopAtText(text: string, ask: () => Promise<void>): Promise<void> {
    const watching = await this.page.evaluateHandle(watchAndStop, text);
    await ask();
    expect(await watching.evaluate(({ stopped }) => stopped)).toBe(true);
  }

  /**
   * The lines of progress that the answer shows which `ask` begins, up to its end. Each is noted as it appears: a poll
   * once a second would miss short ones.
   */
  async progressOf(ask: () => Promise<void>): Promise<readonly string[]> {
    const noting = await this.page.evaluateHandle(noteProgress);
    await ask();
    await this.lastAnswer();
    return noting.evaluate(({ lines }) => [...lines]);
  }

  /** Stops an answer that may end by itself before anything can be clicked. */
  async stopByKey(): Promise<void> {
    await this.page.keyboard.press('Escape');
    await this.current().ended();
  }

  async chooseModel(name: RegExp): Promise<void> {
    await this.modelsButton.click();
    await this.models.getByRole('radio', { name }).check();
    await this.models.getByRole('button', { name: 'Close' }).click();
    await expect(this.modelsButton).toHaveAccessibleName(name);
  }

  /** In the dialog: of each model, the builds that suit this device less are there once they are shown. */
  async showVariants(): Promise<void> {
    const variants = { hasText: /^Other variants of/ };
    await this.models.locator('summary').filter(variants).first().waitFor();
    const closed = this.models.locator('details:not([open]) > summary').filter(variants);
    while ((await closed.count()) > 0) await closed.first().click();
  }

  /** Takes a model off this device. */
  async deleteModel(name: string): Promise<void> {
    await this.modelsButton.click();
    await this.models.getByRole('button', { name: `Delete ${name}` }).click();
    await expect(this.models.getByRole('status', { name: `${name} on this device` })).toHaveCount(
      0,
    );
    await this.models.getByRole('button', { name: 'Close' }).click();
  }

  async pin(instruction: string): Promise<void> {
    const field = findPart(this.page, 'pinField');
    const button = findPart(this.page, 'pinButton');
    await expect(field.or(button).first()).toBeVisible();
    if (!(await field.isVisible())) await button.click();
    await field.fill(instruction);
    await field.blur();
  }

  /** Draws a conversation to its beginning: of a long one, only the end is drawn at first. */
  async drawAll(): Promise<void> {
    const earlier = this.page.getByRole('button', { name: 'Earlier messages' });
    // Check and click in one step: between two steps, the last one could disappear.
    const scrollThere = () =>
      earlier.evaluateAll((buttons) => {
        for (const button of buttons) button.scrollIntoView();
        return buttons.length;
      });
    await expect.poll(scrollThere, { intervals: [50] }).toBe(0);
  }

  /** A model's card in the dialog. */
  card(name: string): Locator {
    const radio = this.page.getByRole('radio', { name });
    return this.models.locator('.card').filter({ has: radio });
  }

  async offlineDialog(): Promise<Locator> {
    const dialog = this.page.getByRole('dialog', { name: 'Offline and install' });
    if (!(await dialog.isVisible())) {
      await this.page.getByRole('button', { name: 'Offline and install' }).click();
    }
    return dialog;
  }

  /** Waits until the app says that its files are stored. */
  async isKept(): Promise<void> {
    const dialog = await this.offlineDialog();
    await expect(dialog).toContainText('The app is on this device', { timeout: storingTimeoutMs });
    await dialog.getByRole('button', { name: 'Close' }).click();
  }

  async loadModel(): Promise<void> {
    const answer = await this.ask('Say yes.');
    await expect(answer.error).toHaveCount(0);
  }
}

export class Answer {
  readonly text: Locator;
  readonly error: Locator;

  constructor(readonly article: Locator) {
    this.text = article.locator('[data-part="text"]');
    this.error = article.getByRole('alert');
  }

  async ended(): Promise<void> {
    const hasEnded = expect(this.article).toHaveAttribute('aria-busy', 'false', {
      timeout: answerTimeoutMs,
    });
    await hasEnded.catch(async (error: Error) => {
      // What it waits for: the log of a failed run shows nothing else of the page.
      error.message += `\n${await this.article.innerText()}`;
      throw error;
    });
  }

  async streams(): Promise<void> {
    await expect(this.text).toHaveText(/\w+ \w+/, { timeout: answerTimeoutMs });
  }

  /** Waits until the answer has grown beyond its beginning, which must not change. */
  async goesOnFrom(begun: string): Promise<void> {
    await expect
      .poll(
        async () => {
          const text = (await this.text.textContent()) ?? '';
          return text.startsWith(begun.trimEnd()) && text.length > begun.length;
        },
        { timeout: answerTimeoutMs },
      )
      .toBe(true);
  }

  /** The tokens of the prompt, and those of them from the KV cache, as shown on the page. */
  async tokens(): Promise<{ read: number; cached: number; written: number }> {
    const detail = this.article.locator('[data-part="stats-detail"]');
    await expect(detail).toHaveText(/\d.*\d.*\d/s);
    const words = (await detail.textContent()) ?? '';
    const [read = NaN, cached = NaN, written = NaN] = (words.match(/\d+/g) ?? []).map(Number);
    return { read, cached, written };
  }

  async failsWith(code: string): Promise<void> {
    // Until the press takes effect, the earlier state is shown, which may also be one that has ended.
    await expect(this.error).toHaveAttribute('data-code', code, { timeout: answerTimeoutMs });
    await this.ended();
  }

  button(name: string | RegExp): Locator {
    return this.article.getByRole('button', { name });
  }
}

/** Runs in the page. `stopped` is false if the last answer does not have the text within a minute. */
function watchAndStop(text: string) {
  const endMs = performance.now() + 60_000;
  const stopped = new Promise<boolean>((resolve) => {
    const look = () => {
      const answer = [...document.querySelectorAll('article[aria-label="Answer"]')].at(-1);
      const stop = [...document.querySelectorAll('button')].find((one) => one.innerText === 'Stop');
      const isThere = answer?.textContent.includes(text) === true && stop !== undefined;
      if (isThere) stop.click();
      if (isThere || performance.now() > endMs) resolve(isThere);
      else requestAnimationFrame(look);
    };
    look();
  });
  return { stopped };
}

/** Runs in the page. */
function noteProgress() {
  const lines = new Set<string>();
  new MutationObserver(() => {
    const all = document.querySelectorAll('article[aria-label="Answer"] .waiting');
    for (const line of all) lines.add(line.textContent.trim());
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
  return { lines };
}
