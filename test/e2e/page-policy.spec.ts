// What the page refuses on any host: script sinks, features, frames on other sites, the browser's services.
import { modelHosts } from '../../src/core/models/model-hosts.ts';
import { App } from './app.ts';
import { StaticHost } from './static-host.ts';
import { Site } from './site.ts';
import { chromiumOnly, expect, test } from './test.ts';

test.use({ serviceWorkers: 'allow' });

const enforces = chromiumOnly('Firefox ESR does not know Trusted Types');

test('no text becomes markup or the address of a foreign script', enforces, async ({ page }) => {
  await new App(page).open();
  const outcome = await page.evaluate(() => {
    const attempt = (work: () => void) => {
      try {
        work();
        return 'done';
      } catch (cause) {
        return (cause as Error).name;
      }
    };
    return {
      markup: attempt(() => (document.createElement('div').innerHTML = '<img src=x>')),
      frame: attempt(() => (document.createElement('iframe').srcdoc = '<script></script>')),
      dataWorker: attempt(() => new Worker('data:text/javascript,0')),
      blobWorker: attempt(() => new Worker(URL.createObjectURL(new Blob(['0'])))),
      foreignScript: attempt(
        () => (document.createElement('script').src = 'https://elsewhere.example/a.js'),
      ),
      ownScript: attempt(() => (document.createElement('script').src = 'check-browser.js')),
      policy: attempt(() => {
        const { trustedTypes } = window as unknown as {
          trustedTypes: { createPolicy(name: string, rules: object): unknown };
        };
        trustedTypes.createPolicy('mine', {});
      }),
    };
  });
  expect(outcome).toEqual({
    markup: 'TypeError',
    frame: 'TypeError',
    dataWorker: 'TypeError',
    blobWorker: 'TypeError',
    foreignScript: 'TypeError',
    ownScript: 'done',
    policy: 'TypeError',
  });
});

test('the project’s servers refuse requests that the app does not use', async ({
  page,
  baseURL,
}) => {
  const headers = (await page.goto(baseURL!))?.headers() ?? {};
  expect(headers['permissions-policy']).toContain('camera=(), ');
  expect(headers['permissions-policy']).toContain('geolocation=()');
  expect(headers['origin-agent-cluster']).toBe('?1');
  expect(headers['content-security-policy']).toContain("require-trusted-types-for 'script'");
});

test('the privacy panel lists the allowed hosts, and the limits of its promise', async ({
  page,
}) => {
  await new App(page).open();
  await page.getByRole('button', { name: 'How do I know?' }).click();
  const panel = page.getByRole('dialog', { name: 'Privacy' });
  await expect(panel).toContainText(`connect to ${['this site', ...modelHosts].join(', ')}, and`);
  await expect(panel).toContainText('No page can protect you from the operator of this site');
});

test('a site that frames the app gets a notice instead', async ({ page }) => {
  // A host without headers, and so without any against frames.
  const host = await new StaticHost().start();
  const site = await Site.start('127.0.0.1');
  const address = site.page('/', `<iframe src="${host.url}#prompt=secret" title="App"></iframe>`);
  try {
    await page.goto(address);
    const framed = page.frameLocator('iframe');
    await expect(framed.getByRole('heading')).toHaveText(
      'Corral does not open inside another site',
    );
    await expect(framed.getByText(host.url)).toBeVisible();
    await expect(framed.getByRole('textbox')).toHaveCount(0);
  } finally {
    await Promise.all([host.stop(), site.stop()]);
  }
});

test('typed text is not sent to services of the browser', async ({ page }) => {
  const app = await new App(page).open();
  await expect(app.composer).toHaveJSProperty('spellcheck', false);
  await expect(app.composer).toHaveJSProperty('translate', false);
  await expect(app.composer).toHaveAttribute('autocomplete', 'off');
  const suggestions = await app.composer.evaluate(
    (field) => (field as { writingSuggestions?: string }).writingSuggestions ?? 'false',
  );
  expect(suggestions).toBe('false');
});
