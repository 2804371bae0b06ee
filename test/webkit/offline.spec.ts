// The app on this device: without a network, in a new version, opened from outside, installed.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildNextVersion } from '../e2e/next-version.ts';
import { dist } from '../e2e/static-host.ts';
import { fileWith } from './app.ts';
import { counts, expect, shows, test } from './test.ts';

test('opens and answers while its server is stopped', async ({ app, tab, host }) => {
  await app.isKept();
  await app.ask('What is the capital of France?');
  await host.stop();
  try {
    await tab.goto(host.url);
    await shows(app.answers.last(), 'Paris');
    await app.newChat.click();
    await shows((await app.ask('What is the capital of Italy?')).text, 'Rome');
  } finally {
    await host.start();
  }
});

test('offers a new version, and keeps what was typed', async ({ app, tab, host }) => {
  await app.isKept();
  const next = await buildNextVersion('next');
  const versionOf = () =>
    tab.evaluate(() => (globalThis as { corralVersion?: string }).corralVersion ?? 'first');
  try {
    host.folder = next.folder;
    await app.composer.fill('Half a thought');
    await tab.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    await tab.getByText('A new version is ready.').waitFor();
    expect(await versionOf()).toBe('first');
    const update = tab.getByRole('status', { name: 'Update' });
    await update.getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => versionOf().catch(() => ''), { timeout: 20_000 }).toBe('next');
    await expect.poll(() => app.composer.inputValue()).toBe('Half a thought');
    await app.composer.fill('');
  } finally {
    host.folder = dist;
    await next.remove();
  }
});

test('an address from outside opens what it names, and sends nothing', async ({
  app,
  tab,
  host,
}) => {
  await tab.goto(`${host.url}?open=models`);
  await app.models.waitFor();
  await app.close(app.models);
  const link = encodeURIComponent('web+corral:?prompt=What is 2 %2B 2?');
  await tab.goto(`${host.url}?protocol=${link}`);
  await expect.poll(() => app.composer.inputValue()).toBe('What is 2 + 2?');
  await app.composer.fill('');
});

test('a shared text comes into the composer and waits', async ({ app, tab, host }) => {
  await app.isKept();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(`<form action="${host.url}share" method="post" enctype="multipart/form-data">
      <label>title <input name="title"></label>
      <label>files <input type="file" name="files"></label><button>Share</button></form>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await tab.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await tab.getByLabel('title').fill('A llama');
    await tab.getByLabel('files').setInputFiles(await fileWith('note.txt', 'And it can sing.'));
    await tab.getByRole('button', { name: 'Share' }).click();
    await expect
      .poll(() => app.composer.inputValue(), { timeout: 20_000 })
      .toBe('A llama\n\nAnd it can sing.');
    await counts(app.answers, 0);
    await app.composer.fill('');
  } finally {
    server.close();
  }
});

test('says how to install it', async ({ app }) => {
  const dialog = await app.dialog('Offline and install', 'Offline and install');
  await shows(dialog, /home screen|Dock|install/i);
  await app.close(dialog);
});

test.describe('without the model', () => {
  test.use({ isFresh: true });

  test('says why the model does not come, and fetches it once it can', async ({ app, host }) => {
    await host.stop();
    const answer = await app.ask('What is the capital of France?');
    await shows(answer.error, /\w/);
    expect(await answer.error.getAttribute('data-code')).toMatch(/offline|download/);
    await host.start();
    await answer.button('Try again').click();
    await answer.ended();
    await shows(answer.text, 'Paris');
  });
});
