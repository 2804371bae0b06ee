// `npm test [-- unit|e2e|quick|firefox-all]`: sets up what is missing, builds, runs all tests; last line `N passed,
// N failed`. `quick` is the unit tests and one journey in each browser.
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

/** Models are slow on small machines; a runner that hangs must end all the same. */
const runnerLimitMs = 3_600_000;

/** @typedef {import('./test-counts.mjs').TestCounts} TestCounts */

await runScript(async () => {
  const [which, ...rest] = process.argv.slice(2);
  if (rest.length > 0 || !['unit', 'e2e', 'quick', 'firefox-all', undefined].includes(which)) {
    throw new ForeseenError(
      'Usage: npm test, or npm test -- unit, or e2e, or quick, or firefox-all',
      {
        exitCode: 2,
      },
    );
  }
  const reports = await mkdtemp(path.join(os.tmpdir(), 'corral-tests-'));
  try {
    await installDependencies();
    const runners = [];
    if (which !== 'e2e' && which !== 'firefox-all')
      runners.push(await runUnit(path.join(reports, 'unit.json')));
    if (which !== 'unit') runners.push(await runEndToEnd(path.join(reports, 'e2e.json'), which));
    const counts = sumCounts(runners);
    console.log(closingLine(counts));
    return counts.failed === 0 ? 0 : 1;
  } finally {
    await rm(reports, { recursive: true, force: true });
  }
});

/** @param {string} report */
function runUnit(report) {
  const script = inProject('node_modules', 'vitest', 'vitest.mjs');
  const args = ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return runRunner('Vitest', [script, ...args], process.env, report, countVitest);
}

/**
 * @param {string} report
 * @param {string} [which] `quick`; or `firefox-all` for all that can run in Firefox, and nothing else.
 */
async function runEndToEnd(report, which) {
  await provideModels();
  const browsers = await provideBrowsers(browserNames);
  const chromium = browsers.get('chromium');
  if (chromium === undefined) throw new ForeseenError('The browser tests need Chromium.');
  await provideLavapipe(chromium.executablePath);
  say('App: building …');
  await buildApp();
  const script = inProject('node_modules', 'playwright', 'cli.js');
  const env = {
    ...process.env,
    // The runner leaves out the others, even where it would find something that does not start.
    ...Object.fromEntries(
      browserNames.map((name) => [
        browserPlaces[name].variable,
        browsers.get(name)?.executablePath ?? 'none',
      ]),
    ),
    ...(which === 'firefox-all' ? { CORRAL_FIREFOX_TESTS: 'all' } : {}),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  };
  const selections = {
    quick: ['--grep=@quick'],
    'firefox-all': ['--project=firefox', '--project=firefox-webgpu'],
  };
  const selected = which === 'quick' || which === 'firefox-all' ? selections[which] : [];
  return runRunner(
    'Playwright',
    [script, 'test', '--reporter=list,json', ...selected],
    env,
    report,
    countPlaywright,
  );
}

/**
 * @param {string} name
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @param {string} report Where the runner leaves its JSON.
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
