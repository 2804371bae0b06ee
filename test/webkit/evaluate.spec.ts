// Evaluate: a suite asked of the built-in model, and the sandboxes that judge code.
import type { WebKitLocator } from '../../scripts/webkit/locator.mjs';
import type { WebKitPage } from '../../scripts/webkit/page.mjs';
import { onFile } from '../e2e/fault-proxy.ts';
import { type Script, serveScriptedEngine } from '../e2e/scripted-engine.ts';
import { fileWith } from './app.ts';
import { answerTimeoutMs, shows, test } from './test.ts';

class Suites {
  readonly dialog: WebKitLocator;
  readonly panel: WebKitLocator;

  constructor(private readonly tab: WebKitPage) {
    this.dialog = tab.getByRole('dialog', { name: 'Evaluate' });
    this.panel = this.dialog.getByRole('tabpanel');
  }

  async open(url: string): Promise<this> {
    await this.tab.goto(`${url}#/evaluate/suites`);
    await this.panel.waitFor();
    return this;
  }

  async choose(label: string, option: string): Promise<void> {
    await this.panel.getByRole('combobox', { name: label, exact: true }).selectOption(option);
  }

  /** Starts the chosen suite, waits for its end, and returns the result. */
  async run(): Promise<WebKitLocator> {
    await this.panel.getByRole('button', { name: 'Run', exact: true }).click();
    const result = this.panel.getByRole('article').first();
    await shows(result, 'took', { timeout: answerTimeoutMs });
    return result;
  }
}

/** In a separate tab, so that the app's tab stays open with its model. */
async function withScript(
  script: Script,
  { tab, url }: { tab: WebKitPage; url: string },
  work: (suites: Suites) => Promise<void>,
): Promise<void> {
  const engine = await serveScriptedEngine(url, script);
  // It would take no engine but the build's own.
  engine.fault = onFile('service-worker.js', (response) => response.writeHead(404).end());
  const other = await tab.newPage();
  try {
    await work(await new Suites(other).open(engine.url));
  } finally {
    await other.close();
    await engine.close();
  }
}

test('runs a suite with the built-in model, and gives a score', async ({ app, tab, host }) => {
  const suites = await new Suites(tab).open(host.url);
  await suites.choose('Suite', 'English');
  await suites.choose('Number of items', 'the first 3');
  await shows((await suites.run()).getByRole('row'), /English\d+ % \d of 3/);
  await suites.dialog.getByRole('button', { name: 'Back to the chat' }).click();
  await app.composer.waitFor();
});

test('judges JavaScript in its sealed sandbox', async ({ tab, host }) => {
  const script = {
    'JavaScript function add(': `\`\`\`js
      const names = ['document', 'window', 'parent', 'localStorage', 'indexedDB', 'fetch', 'importScripts', 'Worker'];
      function add() { throw Error('found ' + (names.filter((name) => name in globalThis).join() || 'nothing')); }
      \`\`\``,
    'JavaScript function isEven(': '```js\nfunction isEven(n) { return n % 2 === 0; }\n```',
    'JavaScript function reversed(': '```js\nfunction reversed() { for (;;) {} }\n```',
  };
  await withScript(script, { tab, url: host.url }, async (suites) => {
    await suites.choose('Suite', 'Coding');
    await suites.choose('Number of items', 'the first 10');
    const result = await suites.run();
    await result.getByText('All answers').click();
    const judged = (name: string) =>
      result.locator('[data-verdict]').filter({ hasText: `function ${name}(` });
    await shows(judged('add'), 'wrong (Error: found nothing)');
    await shows(judged('reversed'), 'wrong (timed out)');
    await shows(judged('isEven'), 'right');
  });
});

test('judges HumanEval with Python', async ({ tab, host }) => {
  const item = {
    task_id: 'Corral/adds',
    prompt: 'def adds(a: int, b: int):\n    """ Give the sum of the two numbers.\n    """\n',
    entry_point: 'adds',
    canonical_solution: '    pass\n',
    test: 'def check(candidate):\n    assert candidate(2, 3) == 5\n',
  };
  const script = { 'def adds(': '```python\ndef adds(a, b):\n    return a + b\n```' };
  await withScript(script, { tab, url: host.url }, async (suites) => {
    const field = suites.panel.locator('input[type="file"]');
    await field.setInputFiles(await fileWith('HumanEval.jsonl', JSON.stringify(item)));
    await shows(suites.panel, 'HumanEval.jsonl: 1 item');
    const result = await suites.run();
    await result.getByRole('button', { name: /^Judge with Python/ }).click();
    const score = result.getByRole('row');
    await shows(score, /HumanEval.*100 % 1 of 1/, { timeout: answerTimeoutMs });
  });
});
