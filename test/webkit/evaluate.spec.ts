// Evaluate in WebKit: a suite asked of the real model, and the sandboxes that judge code.
import { serveScriptedEngine } from '../e2e/scripted-engine.ts';
import type { WebKitLocator } from '../../scripts/webkit/locator.mjs';
import type { WebKitPage } from '../../scripts/webkit/page.mjs';
import { fileWith } from './app.ts';
import { shows, test } from './test.ts';

const runTimeoutMs = 120_000;

async function openSuites(tab: WebKitPage, url: string): Promise<WebKitLocator> {
  await tab.goto(`${url}#/evaluate/suites`);
  const panel = tab.getByRole('dialog', { name: 'Evaluate' }).getByRole('tabpanel');
  await panel.waitFor();
  return panel;
}

/** Starts the chosen suite, waits for its end, and gives its article. */
async function run(panel: WebKitLocator): Promise<WebKitLocator> {
  await panel.getByRole('button', { name: 'Run', exact: true }).click();
  const article = panel.getByRole('article').first();
  await shows(article, 'took', { timeout: runTimeoutMs });
  return article;
}

test('asks a suite of the built-in model, and gives a score', async ({ app, tab, host }) => {
  void app;
  const panel = await openSuites(tab, host.url);
  await panel.getByRole('combobox', { name: 'Suite', exact: true }).selectOption('English');
  await panel.getByRole('combobox', { name: 'How many items' }).selectOption('the first 5');
  const article = await run(panel);
  await shows(article.getByRole('row'), /English.* \d+ % \d of 5/);
});

test('judges JavaScript in its sandbox, which lets nothing out', async ({ tab, host }) => {
  const engine = await serveScriptedEngine(host.url, {
    'JavaScript function add(': `\`\`\`js
      const names = ['document', 'window', 'parent', 'localStorage', 'indexedDB', 'fetch', 'importScripts', 'Worker'];
      function add() { throw Error('found ' + (names.filter((name) => name in globalThis).join() || 'nothing')); }
      \`\`\``,
    'JavaScript function isEven(': '```js\nfunction isEven(n) { return n % 2 === 0; }\n```',
    'JavaScript function reversed(': '```js\nfunction reversed() { for (;;) {} }\n```',
  });
  try {
    const panel = await openSuites(tab, engine.url);
    await panel.getByRole('combobox', { name: 'Suite', exact: true }).selectOption('Coding');
    const article = await run(panel);
    await article.getByText('All answers').click();
    const judged = article.locator('[data-verdict]');
    await shows(judged.filter({ hasText: 'function add(' }), 'wrong (Error: found nothing)');
    await shows(judged.filter({ hasText: 'function reversed(' }), 'wrong (timed out)');
    await shows(judged.filter({ hasText: 'function isEven(' }), 'right');
  } finally {
    await engine.close();
  }
});

test('judges HumanEval with Python', async ({ tab, host }) => {
  const task = (name: string) => ({
    task_id: `Corral/${name}`,
    prompt: `def ${name}(a: int, b: int):\n    """ Give the sum of the two numbers.\n    """\n`,
    entry_point: name,
    canonical_solution: '    pass\n',
    test: 'def check(candidate):\n    assert candidate(2, 3) == 5\n',
  });
  const engine = await serveScriptedEngine(host.url, {
    'def adds(': '```python\ndef adds(a, b):\n    return a + b\n```',
    'def fails(': '```python\ndef fails(a, b):\n    return a\n```',
  });
  try {
    const panel = await openSuites(tab, engine.url);
    const rows = [task('adds'), task('fails')].map((row) => JSON.stringify(row)).join('\n');
    const field = panel.locator('input[type="file"]');
    await field.setInputFiles(await fileWith('HumanEval.jsonl', rows));
    await shows(panel, 'HumanEval.jsonl: 2 items');
    const article = await run(panel);
    await article.getByRole('button', { name: /^Judge with Python/ }).click();
    await shows(article.getByRole('row'), /HumanEval.* 50 % 1 of 2/, { timeout: runTimeoutMs });
  } finally {
    await engine.close();
  }
});
