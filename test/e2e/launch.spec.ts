// Installed, and opened from outside: incoming content is shown or asked about, and never sent.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { chatOf, Chats, fileOf } from './chats.ts';
import { InstalledApp } from './installed-app.ts';
import { StaticHost } from './static-host.ts';
import { chromiumOnly, expect, test } from './test.ts';

test.use({ serviceWorkers: 'allow' });

const builtIn = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';

let host: StaticHost;
test.beforeEach(async () => {
  host = await new StaticHost({ path: '/some/path/' }).start();
});
test.afterEach(() => host.stop());

const outside = (page: Page) => page.getByRole('region', { name: 'Shared with Corral' });

const installs = chromiumOnly('Firefox installs no apps on Linux, and BiDi none anywhere');

test('Chromium considers the app installable', installs, async () => {
  const installed = await InstalledApp.install(host.url);
  try {
    const { session } = installed;
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    expect(installabilityErrors).toEqual([]);
    const { url, errors, data } = await session.send('Page.getAppManifest');
    expect(url).toBe(`${host.url}manifest.webmanifest`);
    expect(errors).toEqual([]);
    const manifest = JSON.parse(data ?? '') as Manifest;
    for (const { src, sizes } of [...manifest.icons, ...manifest.screenshots]) {
      const answer = await fetch(new URL(src, url));
      expect(answer.status, src).toBe(200);
      if (!src.endsWith('.png')) continue;
      const png = Buffer.from(await answer.arrayBuffer());
      expect(`${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`, src).toBe(sizes);
    }
  } finally {
    await installed.quit();
  }
});

interface Manifest {
  readonly icons: readonly { readonly src: string; readonly sizes: string }[];
  readonly screenshots: Manifest['icons'];
}

test(
  'shortcuts, links and files open the installed app, and do not interrupt an answer',
  installs,
  async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'corral-files-'));
    const exported = path.join(folder, 'conversation.json');
    await writeFile(exported, fileOf([chatOf(['From a file', 'Yes.'], { id: 'f' })]));
    const installed = await InstalledApp.install(host.url);
    try {
      await installed.closeWindow();
      let app = await installed.launch('#open=models');
      await expect(app.models).toBeVisible();
      await app.models.getByRole('button', { name: 'Close' }).click();

      await app.type('Write a long story about a llama that lives on a farm.');
      await app.current().streams();
      const link = encodeURIComponent('web+corral:?prompt=What is 2 %2B 2?');
      app = await installed.launch(`#protocol=${link}`);
      await expect(app.composer).toHaveValue('What is 2 + 2?');
      await expect(app.answers).toHaveCount(1);
      await expect(app.current().article).toHaveAttribute('aria-busy', 'true');
      await app.stop.click();
      await app.current().ended();

      app = await installed.launchFiles([exported]);
      const notice = outside(app.page);
      await expect(notice).toContainText('Import the chats in conversation.json');
      await notice.getByRole('button', { name: 'Import' }).click();
      await expect(new Chats(app.page).links.filter({ hasText: 'From a file' })).toBeVisible();
      await expect(notice).toHaveCount(0);

      app = await installed.launch('#open=new-chat');
      await expect(app.answers).toHaveCount(0);
      // The draft stays with its chat.
      await expect(app.composer).toHaveValue('');

      app = await installed.launchFiles([path.resolve(builtIn)]);
      await expect(notice).toContainText('Add SmolLM2-135M-Instruct.Q4_1.gguf (98 MB) as a model?');
      await notice.getByRole('button', { name: 'Add model' }).click();
      const radio = app.models.getByRole('radio', { name: 'SmolLM2-135M-Instruct.Q4_1' });
      await expect(radio).toBeChecked();
      await expect(notice).toHaveCount(0);
    } finally {
      await installed.quit();
      await rm(folder, { recursive: true });
    }
  },
);

test('a shared text and a shared file wait in the composer', async ({ page }) => {
  await (await new App(page).open(host.url)).isKept();
  const form = await shareForm(`${host.url}share`);
  try {
    await page.goto(form.url);
    await page.getByLabel('title').fill('A llama');
    await page.getByLabel('text').fill('lives on a farm.\u202e\u0007');
    await page.getByLabel('files').setInputFiles([
      { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('And it can sing.') },
      { name: 'tiny.gguf', mimeType: '', buffer: Buffer.from('GGUF, but no model') },
      { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.from('PNG') },
    ]);
    await page.getByRole('button', { name: 'Share' }).click();
    const app = new App(page);
    await expect(app.composer).toHaveValue('A llama\nlives on a farm.\n\nAnd it can sing.');
    await expect(page).toHaveURL(host.url);
    await expect(app.answers).toHaveCount(0);
    const [model, other] = [outside(page).first(), outside(page).last()];
    await expect(other).toContainText('cannot open photo.png');
    // A file from outside is inspected and added only when the visitor agrees.
    await expect(model).toContainText('Add tiny.gguf');
    await model.getByRole('button', { name: 'Add model' }).click();
    await expect(model.getByRole('alert')).toHaveAttribute('data-code', 'file-damaged');
    await model.getByRole('button', { name: 'Not now' }).click();
    await expect(outside(page)).toHaveCount(1);
    expect(host.requests.filter((file) => file.endsWith('/share'))).toEqual([]);
    await page.reload();
    await expect(outside(page)).toHaveCount(0);
  } finally {
    form.close();
  }
});

const endsWorkers = chromiumOnly('ends the service worker through Chromium’s own protocol');

test('a share outlives the service worker that received it', endsWorkers, async ({ page }) => {
  await (await new App(page).open(host.url)).isKept();
  await page.evaluate(async () => {
    const form = new FormData();
    form.set('text', 'A llama lives on a farm.');
    form.append('files', new File(['And it can sing.'], 'note.txt', { type: 'text/plain' }));
    await fetch('share', { method: 'POST', body: form, redirect: 'manual' });
  });
  const session = await page.context().newCDPSession(page);
  await session.send('ServiceWorker.enable');
  await session.send('ServiceWorker.stopAllWorkers');
  await page.goto('about:blank');
  const app = await new App(page).open(`${host.url}#shared`);
  await expect(app.composer).toHaveValue('A llama lives on a farm.\n\nAnd it can sing.');
  expect(await page.evaluate(() => caches.keys())).not.toContain(`corral-shared:${host.url}share`);
});

test('a link’s prompt is put into the composer, truncated, and not sent', async ({ page }) => {
  const link = `web+corral:${encodeURIComponent(`<img src=x onerror=alert(1)>${'a'.repeat(9000)}`)}`;
  const app = await new App(page).open(`${host.url}#protocol=${encodeURIComponent(link)}`);
  await expect(app.composer).toHaveValue(/^<img src=x onerror=alert\(1\)>a+$/);
  await expect(app.composer).toHaveValue(/^.{4000}$/s);
  await expect(app.answers).toHaveCount(0);
  await expect(page).toHaveURL(host.url);
});

/** Another site's page with a form: anybody can post to a share target like this. */
async function shareForm(action: string) {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
    response.end(`<form action="${action}" method="post" enctype="multipart/form-data">
      <label>title <input name="title"></label><label>text <input name="text"></label>
      <label>files <input type="file" name="files" multiple></label><button>Share</button></form>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://127.0.0.1:${port}/`, close: () => server.close() };
}
