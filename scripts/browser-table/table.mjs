// Makes the table of what works in which browser from the tests' results.

/** @typedef {import('../set-up/browser-places.mjs').BrowserName} BrowserName */
/** @typedef {{ passed: number, all: number }} Share */

/**
 * Areas of the app and their spec files, without the files' endings.
 * @type {readonly { title: string, files: RegExp }[]}
 */
export const areas = [
  {
    title: 'Chat with the built-in model, on the processor',
    files:
      /^(chat|crash|download|faults|field|first-visit|input|messages|no-gpu|page-policy|reuse|seal|keys|missing-parts|phone|platform)$/,
  },
  {
    title: 'Models on the graphics chip (WebGPU)',
    files: /^(?!evaluate|widget).*\.(webgpu|swiftshader)$/,
  },
  { title: 'Models of one’s own', files: /^(hub|manager|own-files|tiny-models)$/ },
  {
    title: 'Chats kept, searched, exported, in two tabs',
    files: /^(chats|history|hung-chat|lock|organise|temporary|transfer|two-tabs)$/,
  },
  { title: 'Documents that come with a question', files: /^documents$/ },
  { title: 'Markdown, code, formulas', files: /^(markdown|links|answer-text|code-run|xss)$/ },
  { title: 'Reading aloud and dictation', files: /^voice$/ },
  { title: 'Settings, modes, window of tokens', files: /^(modes|settings|window)$/ },
  { title: 'Offline, updates, opened from outside', files: /^(launch|offline|update)$/ },
  { title: 'Evaluate, with its sandboxes', files: /^evaluate/ },
  { title: 'The widget on other sites', files: /^widget/ },
];

/**
 * @param {string} file Such as "markdown.spec.ts".
 * @returns {string | null} The title of the file's area; null if no area has it.
 */
export function areaOf(file) {
  const name = file.replace(/^.*\//, '').replace(/\.spec\.ts$/, '');
  return areas.find(({ files }) => files.test(name))?.title ?? null;
}

/**
 * @param {any} report Playwright's, of `--reporter=json`.
 * @returns {Map<string, Map<BrowserName, Share>>} By the area's title.
 */
export function sharesOf(report) {
  /** @type {Map<string, Map<BrowserName, Share>>} */
  const shares = new Map(areas.map(({ title }) => [title, new Map()]));
  for (const { file, test } of report.suites.flatMap(testsIn)) {
    const row = shares.get(areaOf(file) ?? '');
    if (row === undefined || test.status === 'skipped') continue;
    const browser = browserOf(test.projectName);
    const share = row.get(browser) ?? { passed: 0, all: 0 };
    share.all += 1;
    if (test.status === 'expected') share.passed += 1;
    row.set(browser, share);
  }
  return shares;
}

/**
 * @param {Map<string, Map<BrowserName, Share>>} shares
 * @param {ReadonlyMap<BrowserName, string>} versions Such as "Firefox 153.8", in the order of the columns.
 * @returns {string} In Markdown.
 */
export function drawTable(shares, versions) {
  const names = [...versions.keys()];
  const rows = [...shares].map(([title, row]) => [
    title,
    ...names.map((name) => cell(row.get(name))),
  ]);
  const lines = [['', ...versions.values()], ['---', ...names.map(() => '---')], ...rows];
  return lines.map((row) => `| ${row.join(' | ')} |`).join('\n');
}

/** @param {Share | undefined} share */
function cell(share) {
  if (share === undefined) return '–';
  return share.passed === share.all ? `yes (${share.all})` : `${share.passed} of ${share.all}`;
}

/**
 * @param {string} project
 * @returns {BrowserName}
 */
function browserOf(project) {
  if (project.startsWith('firefox')) return 'firefox';
  return project === 'webkit' ? 'webkit' : 'chromium';
}

/**
 * @param {any} suite
 * @returns {{ file: string, test: { projectName: string, status: string } }[]}
 */
function testsIn(suite) {
  const specs = (suite.specs ?? []).flatMap((/** @type {any} */ spec) =>
    spec.tests.map((/** @type {any} */ test) => ({ file: spec.file, test })),
  );
  return [...specs, ...(suite.suites ?? []).flatMap(testsIn)];
}
