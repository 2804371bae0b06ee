// Effects of a site's and of Corral's host's headers: who may embed, and pages that isolate themselves.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { BrowserContext, Page } from 'playwright/test';
import { embedIn } from './embedding.ts';
import { Site } from './site.ts';
import { StaticHost } from './static-host.ts';
import { buildInto } from './test-builds.ts';
import { expect, test } from './test.ts';
import { WidgetFrame } from './widget-page.ts';

test.use({ serviceWorkers: 'allow', builtIn: 'Cria' });

let site: Site;
let context: BrowserContext;

embedIn(['127.0.0.1'], (embedding) => {
  ({
    context,
    sites: [site],
  } = embedding);
});

const isolated = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};
const body = (corral: string) =>
  `<script>
    window.errors = [];
    addEventListener('error', ({ detail }) => errors.push(detail?.code), true);
  </script>
  <script type="module" src="${corral}widget.js"></script>
  <body><h1>A site</h1><corral-chat></corral-chat></body>`;

/** The page's console lines about the widget, and its events. */
async function visit(url: string) {
  const page = await context.newPage();
  const lines: string[] = [];
  page.on('console', (message) => {
    if (message.text().startsWith('corral-chat:')) lines.push(message.text());
  });
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  await page.clock.install();
  await page.goto(url);
  const errors = () => page.evaluate(() => (window as unknown as { errors: string[] }).errors);
  return { page, lines, errors, asked };
}

/** The site's script waits half a minute for an answer, after the browser has shown its error page. */
async function saysOneLine({ page, lines }: { page: Page; lines: string[] }): Promise<void> {
  await expect(async () => {
    await page.clock.fastForward(31_000);
    expect(lines).toHaveLength(1);
  }).toPass({ timeout: 20_000 });
}

test('answers only the sites that its host allows, on any kind of host', async () => {
  const stranger = await Site.start('stranger.localhost');
  const embedders = [site.origin];
  const { folder, remove } = await buildFor(embedders.join(' '));
  // A host that sends only what a plain one does, and one with the headers.
  const plain = await new StaticHost({ headers: { 'Access-Control-Allow-Origin': '*' } }).start();
  const full = await new StaticHost({ sendsHeaders: true, embedders }).start();
  plain.folder = full.folder = folder;

  const allowed = await context.newPage();
  await allowed.goto(site.page('/allowed', body(full.url)));
  const widget = new WidgetFrame(allowed);
  await widget.isConnected();
  await expect(widget.composer).toBeEditable();
  await allowed.close();

  for (const host of [plain, full]) {
    const visited = await visit(stranger.page('/stranger', body(host.url)));
    const { page, lines, errors, asked } = visited;
    if (host === plain) {
      const frame = page.frameLocator('corral-chat iframe');
      await expect(frame.getByText('This chat cannot be shown here')).toBeVisible();
      await expect
        .poll(() => lines)
        .toEqual([expect.stringContaining(`${stranger.origin} may not embed`)]);
    } else {
      await saysOneLine(visited);
      expect(lines[0]).toContain(`may not let ${stranger.origin} embed it`);
    }
    await expect.poll(errors).toEqual([host === plain ? 'widget-origin' : 'widget-unreachable']);
    // Nothing runs, and nothing is fetched except the refusal's text.
    expect(page.workers()).toEqual([]);
    expect(asked.filter((url) => /\.(gguf|wasm)$|frame-/.test(url))).toEqual([]);
    await page.close();
  }
  await plain.stop();
  await full.stop();
  await remove();
  await stranger.stop();
});

test('loads with the version and hash that the app shows, and not with another hash', async ({
  baseURL,
}) => {
  const app = await context.newPage();
  await app.goto(`${baseURL}/`);
  await app.getByRole('button', { name: 'Settings' }).click();
  const line = await app
    .getByRole('dialog', { name: 'Settings' })
    .getByText(/<script type="module"/)
    .innerText();
  await app.close();
  expect(line).toMatch(/\/embed\/\d+\.\d+\.\d+\/widget\.js" integrity="sha384-/);
  const strict = {
    'Content-Security-Policy': "require-trusted-types-for 'script'; trusted-types 'none'",
  };
  const page = await context.newPage();
  await page.goto(site.page('/pinned', `<body>${line}</body>`, strict));
  const widget = new WidgetFrame(page);
  await widget.isConnected();
  const wrong = line.replace(/sha384-./, (start) =>
    start.endsWith('A') ? 'sha384-B' : 'sha384-A',
  );
  await page.goto(site.page('/other', `<body>${wrong}</body>`));
  await page.waitForTimeout(1000);
  await expect(page.locator('corral-chat:defined')).toHaveCount(0);
  await page.close();
});

test('works isolated in an isolated page, and says which headers a host lacks', async ({
  baseURL,
}) => {
  const page = await context.newPage();
  await page.goto(site.page('/isolated', body(`${baseURL}/`), isolated));
  const widget = new WidgetFrame(page);
  await widget.isConnected();
  const frame = page.frames().find((one) => one.url().includes('/embed.html'));
  expect(await frame?.evaluate(() => crossOriginIsolated)).toBe(true);
  await expect((await widget.ask('What is the capital of France?')).text).toContainText('Paris');
  // Such a page cuts off the windows that it opens.
  await widget.frame.getByRole('button', { name: 'Options of this chat' }).click();
  await widget.frame.getByRole('button', { name: 'Open Corral in a window' }).click();
  await expect(widget.frame.getByText(/could not be opened, or this site blocks/)).toBeVisible();
  await page.close();

  const plain = await new StaticHost({ headers: { 'Access-Control-Allow-Origin': '*' } }).start();
  const blocked = await visit(site.page('/blocked', body(plain.url), isolated));
  await saysOneLine(blocked);
  expect(blocked.lines[0]).toContain('Cross-Origin-Embedder-Policy');
  await expect.poll(blocked.errors).toEqual(['widget-unreachable']);
  await blocked.page.close();
  await plain.stop();
});

/** Builds the app for a host that allows only these sites to embed it, in the form of the environment variable. */
async function buildFor(embedders: string): Promise<{
  readonly folder: string;
  remove(): Promise<void>;
}> {
  const folder = await mkdtemp(path.join(tmpdir(), 'corral-narrowed-'));
  await buildInto(folder, { env: { CORRAL_EMBEDDERS: embedders } });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}
