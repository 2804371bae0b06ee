import type { BrowserContext, Page } from 'playwright/test';
import { App } from './app.ts';
import { openWithAnswers } from './stored-conversation.ts';
import { expect, test } from './test.ts';

test.use({ profile: 'with-model' });

const python = 'def add(a, b):\n    # a comment\n    return a + b';
const guide = [
  '## Steps',
  '1. Read **this**\n2. Try `that`\n   - with *care*',
  '- [x] bought tea\n- [ ] boiled water',
  '| Name | Price |\n|:--|--:|\n| Tea | $5 |\n| Milk | $6 |',
  `\`\`\`py\n${python}\n\`\`\``,
  'So $e^{i\\pi} = -1$ and\n\n$$\n\\frac{a}{b}\n$$',
  'More at [the docs](https://docs.example/page?x=1) or https://www.example.org.',
  '![a cat](https://images.example/cat.png)',
  '> quoted',
].join('\n\n');

function requestsElsewhere(context: BrowserContext, baseUrl: string | undefined): string[] {
  const urls: string[] = [];
  context.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'blob:' && origin !== new URL(baseUrl ?? '').origin) urls.push(request.url());
  });
  return urls;
}

const text = (page: Page) => page.locator('[data-part="text"]').last();

test('draws an answer of the built-in model as markdown, with the same text', async ({ page }) => {
  const app = await new App(page).open();
  const answer = await app.ask('What is the capital of France?');
  await expect(answer.text.getByRole('paragraph').first()).toContainText('Paris');
  await expect.poll(() => answer.text.innerText()).toMatch(/^\S.*Paris/);
});

test('renders headings, lists, tasks, tables and quotes', async ({ page }) => {
  await openWithAnswers(page, [guide]);
  const answer = text(page);
  await expect(answer.getByRole('heading', { name: 'Steps', level: 2 })).toBeVisible();
  await expect(answer.getByRole('list').first().getByRole('listitem').first()).toHaveText(
    'Read this',
  );
  await expect(answer.getByRole('img', { name: 'Done:' })).toBeVisible();
  await expect(answer.getByRole('img', { name: 'To do:' })).toBeVisible();
  await expect(answer.getByRole('checkbox')).toHaveCount(0);
  await expect(answer.getByRole('columnheader')).toHaveText(['Name', 'Price']);
  await expect(answer.getByRole('row')).toHaveCount(3);
  await expect(answer.getByRole('blockquote')).toHaveText('quoted');
});

test('highlights code, names its language, copies it, and confirms', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWithAnswers(page, [guide]);
  const code = page.getByRole('group', { name: 'Code, Python' });
  await expect(code).toHaveText(python);
  await expect(code.locator('[data-scope="keyword"]')).toHaveText(['def', 'return']);
  await expect(code.locator('[data-scope="comment"]')).toHaveText('# a comment');
  await page.getByRole('button', { name: 'Copy code' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Copied' })).toBeVisible();
  await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(python);
});

test('reports code that could not be copied', async ({ page }) => {
  await openWithAnswers(page, [guide]);
  await page.evaluate(() => {
    Object.defineProperty(navigator, 'clipboard', { value: undefined });
  });
  await page.getByRole('button', { name: 'Copy code' }).click();
  await expect(page.getByText('Could not copy')).toBeVisible();
});

test('renders formulas as MathML, and prices as text', async ({ page }) => {
  await openWithAnswers(page, [`${guide}\n\nIt costs $5 and $6.\n\n$\\notacommand{x}$`]);
  await expect(text(page).locator('math')).toHaveCount(2);
  await expect(text(page).locator('math[display="block"] mfrac')).toHaveCount(1);
  await expect(text(page)).toContainText('It costs $5 and $6.');
  await expect(text(page)).toContainText('\\notacommand{x}');
});

test('shows a link’s address before it opens in a new tab, without a referrer', async ({
  page,
  context,
  baseURL,
}) => {
  const elsewhere = requestsElsewhere(context, baseURL);
  await context.route('https://docs.example/**', (route) =>
    route.fulfill({ contentType: 'text/html', body: '<title>docs</title>' }),
  );
  await openWithAnswers(page, [guide]);
  const link = page.getByRole('link', { name: 'the docs' });
  await link.focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'Open this link?' });
  await expect(dialog).toContainText('leads to docs.example');
  await expect(dialog.getByRole('group', { name: 'Address' })).toHaveText(
    'https://docs.example/page?x=1',
  );
  await page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(link).toBeFocused();
  for (const button of ['left', 'middle'] as const) {
    await link.click({ button });
    await expect(dialog).toBeVisible();
    await dialog.getByRole('button', { name: 'Cancel' }).click();
  }
  await link.click({ modifiers: ['Control'] });
  expect(elsewhere).toEqual([]);
  const [opened, request] = await Promise.all([
    context.waitForEvent('page'),
    context.waitForEvent('request', (request) => request.url().startsWith('https://docs.example/')),
    dialog.getByRole('link', { name: 'Open in a new tab' }).click(),
  ]);
  expect((await request.allHeaders())['referer']).toBeUndefined();
  await expect(opened).toHaveTitle('docs');
  expect(await opened.evaluate(() => window.opener)).toBeNull();
  await expect(dialog).toBeHidden();
});

test('never loads an image, and shows its description', async ({ page, context, baseURL }) => {
  const elsewhere = requestsElsewhere(context, baseURL);
  await openWithAnswers(page, [guide]);
  await expect(text(page)).toContainText('Image, not loaded: a cat https://images.example/cat.png');
  await expect(text(page).locator('img')).toHaveCount(0);
  expect(elsewhere).toEqual([]);
});

test('keeps wide tables, code and formulas within a phone’s width', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const cells = '| a long cell of words '.repeat(12);
  const wide = [
    `${cells}|\n${'|---'.repeat(12)}|\n${cells}|`,
    `\`\`\`\n${'x'.repeat(300)}\n\`\`\``,
    `$$\n${'a + '.repeat(80)}b\n$$`,
    'y'.repeat(400),
    `https://example.org/${'z'.repeat(300)}`,
  ].join('\n\n');
  await openWithAnswers(page, [wide]);
  await expect(text(page).locator('math')).toHaveCount(1);
  const widths = () =>
    page.evaluate(() => {
      const list = document.querySelector('[role="region"]');
      return {
        page: document.documentElement.scrollWidth,
        list: list && list.scrollWidth - list.clientWidth,
      };
    });
  await expect.poll(widths).toEqual({ page: 360, list: 0 });
  const table = page.getByRole('group', { name: 'Table' });
  await expect.poll(() => table.evaluate((one) => one.scrollWidth > one.clientWidth)).toBe(true);
  await table.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => table.evaluate((one) => one.scrollLeft)).toBeGreaterThan(0);
});

test.describe('of a first visit', () => {
  test.use({ profile: 'new' });

  test('loads nothing for markdown before there is an answer to draw', async ({ page }) => {
    const loaded: string[] = [];
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    const app = await new App(page).open();
    await app.composer.press('a');
    await page.waitForLoadState('networkidle');
    expect(loaded.filter((path) => /MarkdownView|typeset|temml|core-/.test(path))).toEqual([]);
  });

  test('loads highlighting and LaTeX only when an answer needs them', async ({ page }) => {
    const loaded: string[] = [];
    // Only the page's own requests: the service worker fetches all files for its cache.
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname));
    await openWithAnswers(page, ['Some **text** only.']);
    await expect(text(page).getByRole('paragraph')).toBeVisible();
    await page.waitForLoadState('networkidle');
    expect(loaded.filter((path) => /MarkdownView-.*js$/.test(path))).toHaveLength(1);
    expect(loaded.filter((path) => /typeset|temml/.test(path))).toEqual([]);
  });
});

const hostile = {
  'a line of a megabyte': 'word '.repeat(200_000),
  'a megabyte without a space': 'x'.repeat(1_000_000),
  'quotes and lists a thousand deep': `${'> '.repeat(1000)}a\n\n${'- '.repeat(1000)}b`,
  'thousands of table cells': `|a|b|c|\n|-|-|-|\n${'|*x*|[y](z)|`w`|\n'.repeat(5000)}`,
  'an unclosed fence': `\`\`\`js\n${'const a = "b";\n'.repeat(8000)}`,
  'half a megabyte of half links': '[a]('.repeat(125_000),
  'ten thousand headings': '# **a**\n'.repeat(10_000),
  'thousands of formulas': '$x^2$ '.repeat(3000),
};

for (const [name, answer] of Object.entries(hostile)) {
  test(`does not freeze on ${name}`, async ({ page }) => {
    const app = await openWithAnswers(page, [answer]);
    await expect(text(page).locator('.group').first()).toBeAttached();
    // Typed while it is still working: each key must show at once.
    const startMs = Date.now();
    await app.composer.pressSequentially('Still here?');
    await expect(app.composer).toHaveValue('Still here?');
    expect(Date.now() - startMs).toBeLessThan(5000);
    await app.answers.last().evaluate((element) => element.scrollIntoView({ block: 'start' }));
    await app.composer.press('!');
    await expect(app.composer).toHaveValue('Still here?!');
  });
}
