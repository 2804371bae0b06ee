// Suites on the built-in model, on a machine without a GPU: interrupted by a reload, and resumed.
import { EvaluatePage, expectRealSpeeds } from './evaluate-page.ts';
import { expect, test } from './test.ts';

test.use({ profile: 'with-model' });

test('runs a suite, resumes it after a reload, and exports the results', async ({ page }) => {
  test.slow();
  const evaluate = await new EvaluatePage(page).open('suites');
  await evaluate.choose({ Suite: 'English', 'Number of items': 'the first 3' });
  let run = await evaluate.start();
  await expect(run).toContainText(
    /SmolLM2 135M · wllama, processor, (1 thread|up to \d threads) · \d+ cores?/,
  );
  await expect(run).toContainText('time left unknown');
  await evaluate.answered(run, 1);
  await expect(run).toContainText(/about \d+.* left/);

  await page.reload();
  await expect(evaluate.dialog).toBeVisible();
  run = evaluate.runs.first();
  await expect(run).toContainText(/Paused after [12] of 3 tasks/);
  await run.getByRole('button', { name: 'Resume' }).click();
  await evaluate.finished(run);
  const [[name, share] = []] = await evaluate.scores(run);
  expect(name).toBe('English');
  expect(share).toMatch(/ of 3$/);

  // The model is small, but it knows the capital of France, so the first item is right.
  const [first, ...others] = await evaluate.answers(run);
  expect(first).toMatch(/^english\/1 · right/);
  expect(others).toHaveLength(2);
  const json = JSON.parse(await evaluate.download('Export as JSON')) as {
    runs: { outcomes: { answers: { text: string }[] }[]; subject: { engine: string } }[];
  };
  expect(json.runs).toHaveLength(1);
  expect(json.runs[0]?.subject.engine).toBe('wllama');
  const texts = json.runs[0]?.outcomes.map(({ answers }) => answers[0]?.text);

  // Greedy, with a fixed seed: a second run gives the same answers.
  await evaluate.choose({ Suite: 'English', 'Number of items': 'the first' });
  const again = await evaluate.start();
  await evaluate.finished(again);
  const repeated = await evaluate.answers(again);
  expect(repeated).toHaveLength(1);
  for (const [index, answer] of repeated.entries())
    expect(answer).toContain(texts?.[index]?.trim());

  await evaluate.show('Compare');
  const measured = page.getByRole('region', { name: 'Measured on this device' });
  await expect(measured).toContainText('English');
  await page.keyboard.press('Escape');
  await expect(evaluate.dialog).toBeHidden();
});

test.describe('with Cria in its place', () => {
  test.use({ builtIn: 'Cria' });

  test('measures the speed of the built-in model, and stores the result', async ({ page }) => {
    test.slow();
    const evaluate = await new EvaluatePage(page).open('speed');
    const rows = await evaluate.measureSpeed('SmolLM2 135M');
    expectRealSpeeds(rows);
    await page.reload();
    await expect(evaluate.panel.getByRole('article')).toContainText('wllama, processor');
  });
});
