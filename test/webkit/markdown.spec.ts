// What an answer's Markdown becomes: tables, coloured code, MathML, links that are shown before they open.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { chatOf } from '../e2e/chats.ts';
import { counts, expect, shows, test } from './test.ts';

const python = 'def add(a, b):\n    # a comment\n    return a + b';
const guide = [
  '| Name | Price |\n|:--|--:|\n| Tea | $5 |\n| Milk | $6 |',
  `\`\`\`py\n${python}\n\`\`\``,
  'So $e^{i\\pi} = -1$ and\n\n$$\n\\frac{a}{b}\n$$',
].join('\n\n');

test('draws tables, highlights code, and renders formulas as MathML', async ({ app, tab }) => {
  await app.openChat(chatOf(['A guide', guide], { id: 'guide' }), 'A guide');
  const answer = app.current().text;
  await counts(answer.getByRole('row'), 3);
  await shows(answer.getByRole('columnheader'), 'Name Price');
  const code = tab.getByRole('group', { name: 'Code, Python' });
  await shows(code.locator('[data-scope="keyword"]'), 'def return');
  await counts(answer.locator('math'), 2);
  // Set, and not just there: a fraction is higher than it would be in one line.
  const fraction = answer.locator('math[display="block"] mfrac');
  const height = () => fraction.evaluate((element) => element.getBoundingClientRect().height);
  await expect.poll(height).toBeGreaterThan(20);
});

test('copies code, and confirms it', async ({ app, tab }) => {
  await app.openChat(chatOf(['Code to copy', guide], { id: 'copied' }), 'Code to copy');
  await tab.getByRole('button', { name: 'Copy code' }).click();
  await shows(tab.getByRole('status').filter({ hasText: 'Copied' }), 'Copied');
  await app.composer.focus();
  await tab.keyboard.press('Control+v');
  await expect.poll(() => app.composer.inputValue()).toBe(python);
  await app.composer.fill('');
});

test('shows a link’s address before it opens in a new tab, without a referrer', async ({
  app,
  tab,
}) => {
  const visits: IncomingHttpHeaders[] = [];
  const server = createServer(({ headers, url }, response) => {
    if (url === '/page?x=1') visits.push(headers);
    response.writeHead(200, { 'Content-Type': 'text/html' }).end('<title>The docs</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const place = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  const text = `More at [the docs](http://${place}/page?x=1).`;
  try {
    await app.openChat(chatOf(['A link', text], { id: 'link' }), 'A link');
    const link = tab.getByRole('link', { name: 'the docs' });
    const dialog = tab.getByRole('dialog', { name: 'Open this link?' });
    await link.click();
    await shows(dialog, `leads to ${place}`);
    await shows(dialog.getByRole('group', { name: 'Address' }), `http://${place}/page?x=1`);
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(visits).toEqual([]);

    await link.click();
    await dialog.getByRole('link', { name: 'Open in a new tab' }).click();
    await expect.poll(() => visits.length).toBe(1);
    expect(visits[0]?.referer).toBeUndefined();
    await dialog.waitFor({ state: 'hidden' });
    const [opened] = await tab.otherPages();
    await expect.poll(() => opened?.title()).toBe('The docs');
    await opened?.close();
  } finally {
    server.closeAllConnections();
    server.close();
  }
});
