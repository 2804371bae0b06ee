// `npm test [-- WHICH] [--table]`: sets up what is missing, builds, runs tests; the last line is `N passed, N
// failed`. With --table, writes what works in each browser to docs/browsers.md.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { runScript, say } from './entry-point.mjs';
import { ForeseenError } from './foreseen-error.mjs';
import { inProject, projectFolder } from './project.mjs';
import { buildApp } from './serving.mjs';
import { browserNames, browserPlaces } from './set-up/browser-places.mjs';
import { provideBrowsers } from './set-up/browser.mjs';
import { provideLavapipe } from './set-up/lavapipe.mjs';
import { provideModels } from './set-up/models.mjs';
import { installDependencies } from './set-up/dependencies.mjs';
import { runProgram } from './set-up/run-program.mjs';
import {
  closingLine,
  countPlaywright,
  countVitest,
  judgeRunner,
  sumCounts,
} from './test-counts.mjs';

/** Models are slow on small machines, but a runner that hangs must end. */
const runnerLimitMs = 3_600_000;

/** @typedef {import('./test-counts.mjs').TestCounts} TestCounts */

/**
 * @typedef {object} Selection
 * @property {boolean} [unit]
 * @property {readonly string[]} [browsers] Arguments for Playwright; without them no browser test runs.
 * @property {NodeJS.ProcessEnv} [env]
 */

/** @type {Readonly<Record<string, Selection>>} */
const selections = {
  all: { unit: true, browsers: [] },
  unit: { unit: true },
  e2e: { browsers: [] },
  // The unit tests, and one journey in each browser, with the model that is shipped.
  quick: {
    unit: true,
    browsers: ['--grep=@quick', '--no-deps'],
    env: { CORRAL_TEST_BUILDS: 'none' },
  },
  // Everything that can run in Firefox, and nothing else.
  'firefox-all': {
    browsers: ['--project=firefox', '--project=firefox-webgpu'],
    env: { CORRAL_FIREFOX_TESTS: 'all' },
  },
  webkit: { browsers: ['--project=webkit'] },
};

await runScript(async () => {
  const { which, table } = readArguments(process.argv.slice(2));
  const selection = selections[which] ?? {};
  const reports = await mkdtemp(path.join(os.tmpdir(), 'corral-tests-'));
  try {
    await installDependencies();
    const runners = [];
    // Much of it is waiting for the network, or has one thread, so the unit tests run meanwhile.
    const settingUp = selection.browsers ? setUpBrowsers() : null;
    settingUp?.catch(() => {}); // thrown below
    if (selection.unit) runners.push(await runUnit(path.join(reports, 'unit.json')));
    if (settingUp) {
      const report = path.join(reports, 'e2e.json');
      runners.push(await runEndToEnd(report, await settingUp, selection, table));
    }
    const counts = sumCounts(runners);
    console.log(closingLine(counts));
    return counts.failed === 0 ? 0 : 1;
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
});

/**
 * @param {readonly string[]} args
 * @throws {ForeseenError} With the usage.
 */
function readArguments(args) {
  const table = args.includes('--table');
  const [which = 'all', ...rest] = args.filter((one) => one !== '--table');
  if (rest.length === 0 && Object.hasOwn(selections, which)) return { which, table };
  const words = Object.keys(selections).join(', ');
  throw new ForeseenError(`Usage: npm test, or npm test -- one of: ${words} [--table]`, {
    exitCode: 2,
  });
}

/** @param {string} report */
function runUnit(report) {
  const script = inProject('node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return runRunner('Vitest', [script, ...args], process.env, report, countVitest);
}

/** Provides what the browser tests need, the app's build included. */
async function setUpBrowsers() {
  await provideModels();
  say('App: building …');
  const [browsers] = await Promise.all([provideBrowsers(browserNames), buildApp()]);
  const chromium = browsers.get('chromium');
  if (chromium === undefined) throw new ForeseenError('The browser tests need Chromium.');
  await provideLavapipe(chromium.executablePath);
  return browsers;
}

/**
 * @param {string} report
 * @param {Awaited<ReturnType<typeof setUpBrowsers>>} browsers
 * @param {Selection} selection
 * @param {boolean} table
 */
async function runEndToEnd(report, browsers, { browsers: args = [], env: selected }, table) {
  const script = inProject('node_modules', 'playwright', 'cli.js');
  const env = {
    ...process.env,
    // Tells the test runner to leave out unavailable browsers, even those that exist but do not start.
    ...Object.fromEntries(
      browserNames.map((name) => [
        browserPlaces[name].variable,
        browsers.get(name)?.executablePath ?? 'none',
      ]),
    ),
    ...selected,
    // The runner makes so many short-lived objects that a small heap for new ones takes it a few percent of its time.
    NODE_OPTIONS: `${process.env['NODE_OPTIONS'] ?? ''} --max-semi-space-size=64`,
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const counts = await runRunner(
    'Playwright',
    [script, 'test', '--reporter=list,json', ...args],
    env,
    report,
    countPlaywright,
  );
  if (table) {
    // Imported late: its dependencies are installed only now.
    const { writeBrowserTable } = await import('./browser-table/write.mjs');
    await writeBrowserTable(JSON.parse(await readFile(report, 'utf8')), browsers);
  }
  return counts;
}

/**
 * @param {string} name
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} report The path of the runner's JSON report.
 * @param {(report: any) => TestCounts} count
 * @returns {Promise<TestCounts>}
 */
async function runRunner(name, args, env, report, count) {
  const { status } = await runProgram(process.execPath, args, {
    cwd: projectFolder,
    env,
    show: true,
    timeoutMs: runnerLimitMs,
  });
  const json = await readFile(report, 'utf8').catch(() => null);
  const counts = json === null ? null : count(JSON.parse(json));
  const judged = judgeRunner(counts, status === 0);
  if (judged.failed > (counts?.failed ?? 0)) {
    say(`${name} ran no test, or ended in an error (status ${status}): counted as one failed.`);
  }
  return judged;
}
