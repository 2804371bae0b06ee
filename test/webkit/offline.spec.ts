// The app on this device: without a network, opened from outside, installed, in a new version.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dist } from '../e2e/static-host.ts';
import { amendBuild } from './amended-build.ts';
import { fileWith } from './app.ts';
import { counts, expect, shows, test } from './test.ts';

test('opens and answers while its server is stopped', async ({ app, tab, host }) => {
  await app.isKept();
  await app.ask('What is the capital of France?');
  await host.stop();
  try {
    await tab.goto(host.url);
    await app.composer.waitFor();
    await app.links.first().click();
    await shows(app.answers.last(), 'Paris');
    await shows((await app.ask('And of Italy?')).text, 'Rome');
  } finally {
    await host.start();
  }
});

test('a launch address opens its target, and sends nothing', async ({ app, tab, host }) => {
  await tab.goto(`${host.url}?open=models`);
  await app.models.waitFor();
  await app.close(app.models);
  const link = encodeURIComponent('web+corral:?prompt=What is 2 %2B 2?');
  await tab.goto(`${host.url}?protocol=${link}`);
  await expect.poll(() => app.composer.inputValue()).toBe('What is 2 + 2?');
  await counts(app.answers, 0);
  await app.composer.fill('');
});

test('a shared text and a shared file wait in the message field', async ({ app, tab, host }) => {
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
    await app.composer.waitFor();
    await expect.poll(() => app.composer.inputValue()).toBe('A llama\n\nAnd it can sing.');
    await counts(app.answers, 0);
    await app.composer.fill('');
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test('says how this browser installs the app', async ({ app }) => {
  const dialog = await app.dialog('Offline and install');
  await shows(dialog, 'If your browser can install web apps, the command is in its menu.');
  await app.close(dialog);
});

test('offers a new version, and keeps what was typed', async ({ app, tab, host }) => {
  await app.isKept();
  const next = await amendBuild('version', 'next');
  try {
    host.folder = next.folder;
    await app.composer.fill('Half a thought');
    await tab.evaluate(async () => void (await (await navigator.serviceWorker.ready).update()));
    const update = tab.getByRole('status', { name: 'Update' });
    await shows(update, 'A new version is ready.');
    await counts(tab.locator('meta[name="version"]'), 0);
    await update.getByRole('button', { name: 'Reload' }).click();
    await counts(tab.locator('meta[name="version"][content="next"]'), 1);
    await expect.poll(() => app.composer.inputValue()).toBe('Half a thought');
    await app.composer.fill('');
  } finally {
    host.folder = dist;
    await next.remove();
  }
});
