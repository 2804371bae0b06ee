// Evaluate without a model: published results, and the files of GSM8K and HumanEval.
import { AxeBuilder } from '@axe-core/playwright';
import { App } from './app.ts';
import { EvaluatePage } from './evaluate-page.ts';
import { serveScriptedEngine } from './scripted-engine.ts';
import { expect, test } from './test.ts';

test('shows published figures apart from measured ones, and returns to the chat', async ({
  page,
}) => {
  const app = await new App(page).open();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page
    .getByRole('dialog', { name: 'Settings' })
    .getByRole('button', { name: 'Evaluate' })
    .click();
  const evaluate = new EvaluatePage(page);
  await expect(evaluate.panel.getByRole('table', { name: 'Table 3, %' })).toContainText(
    'Falcon 40B',
  );
  const tables = evaluate.panel.getByRole('table');
  await expect(tables.getByRole('caption')).toHaveText([3, 4, 21, 30].map((n) => `Table ${n}, %`));
  await expect(evaluate.panel.getByRole('region', { name: /over many turns/ })).toContainText('10');
  await expect(evaluate.panel.getByRole('img', { name: /^Bar chart: HumanEval/ })).toBeVisible();
  await expect(
    evaluate.panel.getByRole('region', { name: 'Measured on this device' }),
  ).toContainText('No results yet');
  for (const tab of ['Compare', 'Suites', 'Speed', 'Arena'] as const) {
    await evaluate.show(tab);
    const { violations } = await new AxeBuilder({ page }).include('dialog[open]').analyze();
    expect(
      violations.map(({ id, nodes }) => [id, nodes[0]?.html]),
      tab,
    ).toEqual([]);
  }
  await page.keyboard.press('Escape');
  await expect(evaluate.dialog).toBeHidden();
  expect(new URL(page.url()).hash).toBe('');
  await expect(app.composer).toBeVisible();
});

test.describe('with a scripted engine', () => {
  test.use({ serviceWorkers: 'block' });

  test('runs GSM8K by the final number, and writes HumanEval’s samples', async ({
    page,
    baseURL,
  }) => {
    const engine = await serveScriptedEngine(baseURL ?? '', {
      'twelve sacks': 'It carries 9 sacks of 20 kg.\n#### 180',
      'herd doubles': 'That is 2,400, so the answer is 2,401.',
      'def double': '```python\ndef double(n):\n    return 2 * n\n```',
    });
    const evaluate = await new EvaluatePage(page).open('suites', engine.url);
    const drop = (name: string, rows: readonly object[]) =>
      evaluate.panel
        .getByLabel('Run GSM8K or HumanEval from a file')
        .last()
        .setInputFiles({
          name,
          mimeType: 'application/jsonl',
          buffer: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
        });
    await drop('other.jsonl', [{ a: 1 }]);
    await expect(evaluate.panel.getByRole('alert')).toHaveAttribute(
      'data-code',
      'dataset-unreadable',
    );
    await drop('test.jsonl', [
      { question: 'A llama with twelve sacks?', answer: '9 * 20 = <<9*20=180>>180\n#### 180' },
      { question: 'The herd doubles?', answer: '#### 2,400' },
      { question: 'And this?', answer: '#### 1' },
    ]);
    await expect(evaluate.panel).toContainText('test.jsonl: 3 items');
    const gsm8k = await evaluate.start();
    await evaluate.finished(gsm8k);
    await expect.poll(() => evaluate.scores(gsm8k)).toEqual([['GSM8K (your file)', '33 % 1 of 3']]);
    await expect(gsm8k).toContainText('6 % to 79 %');

    await drop('HumanEval.jsonl', [
      {
        task_id: 'HumanEval/0',
        entry_point: 'double',
        canonical_solution: '    return 2 * n\n',
        prompt: 'def double(n: int) -> int:\n    """ Return twice n. """\n',
        test: 'def check(candidate):\n    assert candidate(4) == 8\n',
      },
    ]);
    await expect(evaluate.panel).toContainText('with Python, which is downloaded for that');
    const humanEval = await evaluate.start();
    await evaluate.finished(humanEval);
    await expect(humanEval).toContainText('1 item answered, not judged here');
    expect(JSON.parse(await evaluate.download('Save as samples.jsonl'))).toEqual({
      task_id: 'HumanEval/0',
      completion: '    pass\n\n\ndef double(n):\n    return 2 * n\n',
    });
    expect((await evaluate.download('Export as CSV')).split('\r\n')).toHaveLength(6);
    await engine.close();
  });

  test('measures speed, and copies the result as text', async ({ page, context, baseURL }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const engine = await serveScriptedEngine(baseURL ?? '', {});
    const evaluate = await new EvaluatePage(page).open('speed', engine.url);
    await evaluate.panel.getByRole('button', { name: 'Measure' }).click();
    const report = evaluate.panel.getByRole('article', { name: 'SmolLM2 135M' });
    await expect(report).toBeVisible({ timeout: 90_000 });
    // Three lengths of prompts, each with the engine's own numbers.
    await expect(report.getByRole('row')).toHaveCount(4);
    await expect(report.getByRole('row').last()).toContainText('4,000.0');
    await report.getByRole('button', { name: 'Copy as text' }).click();
    await expect(report).toContainText('Copied.');
    const copied = () => page.evaluate(() => navigator.clipboard.readText());
    await expect.poll(copied).toMatch(/^SmolLM2 135M · /);
    const card = await copied();
    expect(card).toMatch(/^SmolLM2 135M · .*\nwllama, processor, 1 thread · /);
    expect(card).toMatch(/Reading, tokens\/s: 4,000.0\n {2}Writing, tokens\/s: 3,000.0/);
    expect(card).toMatch(/Loading: [\d.]+ s\nMemory of the page/);
    await page.reload();
    await expect(report).toBeVisible();
    await engine.close();
  });
});
