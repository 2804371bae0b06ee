/** The page Evaluate, through roles and labels. */
import { expect, type Locator, type Page } from 'playwright/test';

/** For a small suite on a busy machine, download and load included; a fast one needs a tenth of it. */
const runTimeoutMs = 400_000;

export class EvaluatePage {
  readonly dialog: Locator;
  readonly panel: Locator;
  /** The newest run comes first. */
  readonly runs: Locator;

  constructor(readonly page: Page) {
    this.dialog = page.getByRole('dialog', { name: 'Evaluate' });
    this.panel = this.dialog.getByRole('tabpanel');
    this.runs = this.panel.getByRole('article');
  }

  async open(tab: 'compare' | 'suites' | 'speed' | 'arena', base = '/'): Promise<this> {
    await this.page.goto(`${base}#/evaluate/${tab}`);
    await expect(this.dialog).toBeVisible();
    return this;
  }

  async show(tab: 'Compare' | 'Suites' | 'Speed' | 'Arena'): Promise<void> {
    await this.dialog.getByRole('tab', { name: tab }).click();
  }

  async close(): Promise<void> {
    await this.dialog.getByRole('button', { name: 'Back to the chat' }).click();
    await expect(this.dialog).toBeHidden();
  }

  async choose(fields: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, option] of Object.entries(fields)) {
      await this.panel
        .getByRole('combobox', { name: label, exact: true })
        .selectOption({ label: option });
    }
  }

  async start(): Promise<Locator> {
    const before = await this.runs.count();
    await this.panel.getByRole('button', { name: 'Run', exact: true }).click();
    // The model is downloaded and loaded first.
    await expect(this.runs).toHaveCount(before + 1, { timeout: runTimeoutMs });
    return this.runs.first();
  }

  async finished(run: Locator): Promise<void> {
    await expect(run).toContainText('took', { timeout: runTimeoutMs });
  }

  /** Waits until that many questions of the run are answered. */
  async answered(run: Locator, questions: number): Promise<void> {
    const bar = run.getByRole('progressbar');
    await expect
      .poll(async () => Number(await bar.getAttribute('value')), { timeout: runTimeoutMs })
      .toBeGreaterThanOrEqual(questions);
  }

  /** Rows of the scores, as `[name, share]`. */
  async scores(run: Locator): Promise<string[][]> {
    const table = run.getByRole('row');
    // A stored run appears a little later than the page.
    await expect(table).not.toHaveCount(0);
    const rows = await table.all();
    const texts = await Promise.all(
      rows
        .slice(1)
        .map(async (row) => [
          await row.getByRole('rowheader').innerText(),
          await row.getByRole('cell').first().innerText(),
        ]),
    );
    return texts.map((row) => row.map((text) => text.replaceAll(/\s+/g, ' ').trim()));
  }

  /** The answers with their verdicts, one text for each answer. */
  async answers(run: Locator): Promise<string[]> {
    await run.getByText('All answers').click();
    const answers = run.locator('[data-verdict]');
    await expect(answers.first()).toBeVisible();
    return answers.allInnerTexts();
  }

  async download(button: string): Promise<string> {
    const [file] = await Promise.all([
      this.page.waitForEvent('download'),
      this.panel.getByRole('button', { name: button }).click(),
    ]);
    const chunks: Buffer[] = [];
    for await (const chunk of await file.createReadStream()) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks).toString();
  }

  /**
   * Measures the chosen model's speed to the end, and returns the rows: prompt, reading, writing, first token.
   */
  async measureSpeed(model: string): Promise<readonly (readonly number[])[]> {
    await this.panel.getByRole('button', { name: 'Measure' }).click();
    const report = this.panel.getByRole('article', { name: model });
    await expect(report).toBeVisible({ timeout: runTimeoutMs });
    await expect(report).toContainText(/Loading: [\d.]+ s/);
    const rows = await report.getByRole('row').all();
    const texts = await Promise.all(rows.slice(1).map((row) => row.innerText()));
    return texts.map((text) => text.match(/\d[\d.,]*/g)?.map(readNumber) ?? []);
  }
}

const readNumber = (text: string) => Number(text.replaceAll(',', ''));

/**
 * Checks that numbers are plausible: the machine's speed is unknown, but longer prompts take longer to the
 * first token, which comes only after the prompt is prefilled.
 */
export function expectRealSpeeds(rows: readonly (readonly number[])[]): void {
  expect(rows.length).toBeGreaterThan(1);
  for (const [prompt = 0, reading = 0, writing = 0, firstTokenS = 0] of rows) {
    expect(reading).toBeGreaterThan(0);
    expect(writing).toBeGreaterThan(0);
    // The system text before the prompt is not prefilled again; it has at most some forty tokens.
    expect(firstTokenS).toBeGreaterThan((0.9 * (prompt - 60)) / reading);
  }
  expect(rows.map(([prompt]) => prompt)).toEqual(rows.map(([prompt]) => prompt).toSorted(byValue));
  expect(rows.at(-1)?.[3]).toBeGreaterThan(rows[0]?.[3] ?? Infinity);
}

const byValue = (a: number | undefined, b: number | undefined) => (a ?? 0) - (b ?? 0);
