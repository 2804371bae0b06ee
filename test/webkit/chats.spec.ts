// Chats that are kept: drawn, searched, exported, imported, seen by two tabs.
import { chatOf } from '../e2e/chats.ts';
import { App } from './app.ts';
import { answerTimeoutMs, counts, expect, shows, test } from './test.ts';

const python = 'def add(a, b):\n    # a comment\n    return a + b';
const guide = `\`\`\`py\n${python}\n\`\`\`\n\nSo $e^{i\\pi} = -1$ and\n\n$$\n\\frac{a}{b}\n$$`;

test('colours code and sets formulas as MathML', async ({ app, tab }) => {
  await app.openChat(chatOf(['A guide', guide], { id: 'guide' }), 'A guide');
  const code = tab.getByRole('group', { name: 'Code, Python' });
  await shows(code.locator('[data-scope="keyword"]'), 'def return');
  const answer = app.current().text;
  await counts(answer.locator('math'), 2);
  // Set, and not just there: a fraction is higher than it would be in one line.
  const fraction = answer.locator('math[display="block"] mfrac');
  const height = () => fraction.evaluate((element) => element.getBoundingClientRect().height);
  await expect.poll(height).toBeGreaterThan(20);
});

test('copies code, and says so', async ({ app, tab }) => {
  await app.openChat(chatOf(['Code to copy', guide], { id: 'copied' }), 'Code to copy');
  await tab.getByRole('button', { name: 'Copy code' }).click();
  await shows(tab.getByRole('status').filter({ hasText: 'Copied' }), 'Copied');
  await app.composer.focus();
  await tab.keyboard.press('Control+v');
  await expect.poll(() => app.composer.inputValue()).toBe(python);
  await app.composer.fill('');
});

test('finds words in all chats, whatever their accents', async ({ app, tab }) => {
  await app.import([
    chatOf(['Wo ist das Café?', 'Am Platz.'], { id: 'cafe' }),
    chatOf(['Something else', 'About Zürich.'], { id: 'zurich' }),
  ]);
  await app.search.fill('ist das cafe');
  await tab.getByText('1 chat found').waitFor();
  await shows(tab.locator('mark'), 'Café');
  await app.links.click();
  await shows(app.answers, 'Am Platz.');
  await app.search.fill('');
});

test('all chats go out into a file and come back', async ({ app, tab }) => {
  await app.import([chatOf(['To go out', 'And back.'], { id: 'out' })]);
  await tab.evaluate(() => {
    const create = URL.createObjectURL.bind(URL);
    URL.createObjectURL = (content) => {
      if (content instanceof Blob) Object.assign(globalThis, { saved: content.text() });
      return create(content);
    };
  });
  await tab.getByRole('button', { name: 'Your data' }).click();
  await tab.getByRole('menuitem', { name: 'Export all chats' }).click();
  const saved = () =>
    tab.evaluate(async () => (await (globalThis as { saved?: Promise<string> }).saved) ?? '');
  await expect.poll(saved).toContain('To go out');
  const { conversations } = JSON.parse(await saved()) as { conversations: { id: string }[] };
  const one = conversations.filter(({ id }) => id === 'out');
  expect(one).toHaveLength(1);
  await app.import(one.map((chat) => ({ ...chat, id: 'out-again', title: 'Back again' })));
  await app.links.filter({ hasText: 'Back again' }).click();
  await shows(app.answers, 'And back.');
});

test('two tabs see what either of them writes', async ({ app, tab }) => {
  await app.openChat(chatOf(['Of two tabs', 'Good morning.'], { id: 'tabs' }), 'Of two tabs');
  const other = await new App(await tab.newPage()).open(await tab.url());
  try {
    await counts(other.answers, 1);
    await other.type('What is the capital of France?');
    await shows(app.answers.last(), 'Paris', { timeout: answerTimeoutMs });
    await other.current().ended();
  } finally {
    await other.page.close();
  }
});
