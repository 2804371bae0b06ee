// HumanEval's format, judged by the real Python in real Chromium: right and wrong answers, and hostile ones.
import type { ServerResponse } from 'node:http';
import type { Locator } from 'playwright/test';
import { EvaluatePage } from './evaluate-page.ts';
import type { Fault } from './fault-proxy.ts';
import { startLeakServer } from './leak-server.ts';
import { serveScriptedEngine } from './scripted-engine.ts';
import { expect, test } from './test.ts';

const row = (name: string, signature: string, does: string, asserts: readonly string[]) => ({
  task_id: `Corral/${name}`,
  prompt: `from typing import List\n\n\ndef ${name}(${signature}):\n    """ ${does}\n    """\n`,
  entry_point: name,
  canonical_solution: '    pass\n',
  test: `METADATA = {'author': 'corral'}\n\n\ndef check(candidate):\n${asserts.map((one) => `    assert ${one}\n`).join('')}`,
});

/** Tasks with one answer each; `add_up` is any task whose answer does something other than solving it. */
const simple = (name: string) =>
  row(name, 'a: int, b: int', 'Give the sum of the two numbers.', ['candidate(2, 3) == 5']);

const cases: readonly (readonly [ReturnType<typeof row>, string, RegExp])[] = [
  [
    row('longest_word', 'words: List[str]', 'Give the longest word, or None for no words.', [
      "candidate(['a', 'llama', 'goat']) == 'llama'",
      'candidate([]) is None',
    ]),
    'def longest_word(words: List[str]):\n    return max(words, key=len, default=None)',
    /· right/,
  ],
  // The body alone, like HumanEval's own completions.
  [simple('body_alone'), '    import math\n    return math.floor(a + b)', /· right/],
  [
    simple('off_by_one'),
    'def off_by_one(a, b):\n    print("passed")\n    return a + b + 1',
    /wrong \(AssertionError/,
  ],
  [simple('endless'), 'def endless(a, b):\n    while True:\n        pass', /wrong \(timed out\)/],
  [
    simple('bomb'),
    'def bomb(a, b):\n    kept = []\n    while True:\n        kept.append(bytearray(10_000_000))',
    /wrong \(MemoryError/,
  ],
  [
    simple('big_file'),
    'def big_file(a, b):\n    with open("/tmp/x", "wb") as f:\n        while True:\n            f.write(bytes(1_000_000))',
    /wrong \(OSError: .*No space left/,
  ],
  [
    simple('network'),
    'def network(a, b):\n    import urllib.request\n    urllib.request.urlopen("AWAY")\n    return a + b',
    /wrong \(/,
  ],
  [
    simple('script'),
    'import importlib\ndef script(a, b):\n    for name in ["js", "pyodide_js", "_pyodide_core", "pyodide.code"]:\n        try:\n            importlib.import_module(name)\n            raise SystemError(name)\n        except ImportError:\n            pass\n    raise KeyError("none")',
    /wrong \(KeyError: 'none'/,
  ],
  [simple('leaves'), 'import sys\ndef leaves(a, b):\n    sys.exit(0)', /wrong \(SystemExit/],
  [simple('drops'), 'import os\ndef drops(a, b):\n    os._exit(0)', /wrong/],
];

async function drop(evaluate: EvaluatePage, rows: readonly object[]) {
  const file = evaluate.panel.getByLabel('Run GSM8K or HumanEval from a file').last();
  const buffer = Buffer.from(rows.map((one) => JSON.stringify(one)).join('\n'));
  await file.setInputFiles({ name: 'HumanEval.jsonl', mimeType: 'application/jsonl', buffer });
}

async function judged(run: Locator) {
  await run.getByRole('button', { name: /^Judge with Python \(about 1\d(\.\d)? MB\)$/ }).click();
  await expect(run.getByRole('button', { name: /Judge with Python/ })).toBeHidden();
  await expect(run.getByRole('progressbar')).toBeHidden({ timeout: 200_000 });
}

test.describe('with given answers', () => {
  test.use({ serviceWorkers: 'block' });

  test('judges HumanEval by its own tests, and contains hostile code in answers', async ({
    page,
    baseURL,
  }) => {
    const elsewhere = await startLeakServer();
    const answers = cases.map(([{ entry_point }, code]) => [
      `def ${entry_point}(`,
      `\`\`\`python\n${code.replace('AWAY', `${elsewhere.url}/leak`)}\n\`\`\``,
    ]);
    const engine = await serveScriptedEngine(baseURL ?? '', Object.fromEntries(answers));
    const evaluate = await new EvaluatePage(page).open('suites', engine.url);
    await drop(
      evaluate,
      cases.map(([task]) => task),
    );
    const run = await evaluate.start();
    await evaluate.finished(run);
    await expect(run).toContainText(`${cases.length} items answered, not judged here`);
    expect(engine.requests.filter(({ path }) => path.includes('python'))).toEqual([]);
    await judged(run);
    const told = await evaluate.answers(run);
    for (const [index, [{ task_id }, , verdict]] of cases.entries()) {
      expect(told[index]?.split('\n')[0], task_id).toMatch(verdict);
    }
    await expect
      .poll(() => evaluate.scores(run))
      .toEqual([['HumanEval (your file)', `20 % 2 of ${cases.length}`]]);
    await expect(run).toContainText('6 % to 51 %');
    expect(elsewhere.leaked).toEqual([]);
    elsewhere.close();

    // The verdict is stored.
    await page.reload();
    await expect.poll(() => evaluate.scores(evaluate.runs.first())).toHaveLength(1);
    await engine.close();
  });

  test('can be cancelled, and reports a site without Python', async ({ page, baseURL }) => {
    const engine = await serveScriptedEngine(baseURL ?? '', {});
    const evaluate = await new EvaluatePage(page).open('suites', engine.url);
    await drop(evaluate, [simple('first'), simple('second')]);
    const run = await evaluate.start();
    await evaluate.finished(run);
    const button = run.getByRole('button', { name: /Judge with Python/ });
    const python =
      (answer: (response: ServerResponse) => void): Fault =>
      (request, response) =>
        request.url?.includes('/python/') === true && (answer(response), true);
    // It never comes: answers that are available at once could be judged before the test can cancel.
    engine.fault = python(() => {});
    await button.click();
    await run.getByRole('button', { name: 'Cancel' }).click();
    await expect(button).toBeVisible();
    await expect(run.getByRole('alert')).toBeHidden();
    engine.fault = python((response) => response.writeHead(404).end('none'));
    await button.click();
    await expect(run.getByRole('alert')).toHaveAttribute('data-code', 'python-missing');
    await expect(run.getByRole('alert')).toContainText('samples.jsonl');
    engine.fault = python((response) => response.destroy());
    await button.click();
    await expect(run.getByRole('alert')).toHaveAttribute('data-code', 'python-offline');
    await engine.close();
  });
});

test.describe('with the built-in model', () => {
  test.use({ profile: 'with-model' });
  test('judges the built-in model’s answers to a dropped file', async ({ page }) => {
    const evaluate = await new EvaluatePage(page).open('suites');
    await drop(evaluate, [simple('add_up')]);
    const run = await evaluate.start();
    await evaluate.finished(run);
    await judged(run);
    // It is small: right or wrong, but judged.
    const [[, share] = []] = await evaluate.scores(run);
    expect(share).toMatch(/^(0|100) % [01] of 1$/);
    // All of Python, and the worker, are here for the next time, with or without a network.
    const kept = () =>
      page.evaluate(async () => {
        const name = (await caches.keys()).find((one) => one.endsWith(':python')) ?? '';
        return (await (await caches.open(name)).keys()).length;
      });
    await expect.poll(kept).toBe(5);
  });
});
