// Code of answers: it runs only at a press, in the sandboxes; a preview has no network, whatever is in it.
import { createSocket } from 'node:dgram';
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { startLeakServer } from './leak-server.ts';
import { StaticHost } from './static-host.ts';
import { openWithAnswers } from './stored-conversation.ts';
import { expect, test } from './test.ts';

test.use({ profile: 'with-model' });

const fence = (language: string, code: string) => `\`\`\`${language}\n${code}\n\`\`\``;
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const result = (page: Page) => page.getByRole('region', { name: 'Result of the code' });

test('runs JavaScript at a press: output, value, error, a stop, all by keyboard', async ({
  page,
}) => {
  await openWithAnswers(page, [
    fence('js', 'console.log("printed", [1, 2]);\n6 * 7'),
    fence('ts', 'let a: number = 1;'),
    fence('javascript', 'console.log("before");\nnowhere()'),
    fence('js', 'console.log("so far");\nfor (;;);'),
  ]);
  const run = button(page, 'Run code');
  await expect(run).toHaveCount(3);
  await expect(result(page)).toHaveCount(0);

  await run.nth(0).focus();
  await page.keyboard.press('Enter');
  await expect(result(page).getByRole('status')).toHaveText('Finished.');
  await expect(result(page).getByRole('group', { name: 'Output' })).toHaveText('printed [ 1, 2 ]');
  await expect(result(page).getByRole('group', { name: 'Value' })).toHaveText('42');
  await result(page).getByRole('button', { name: 'Close' }).focus();
  await page.keyboard.press('Enter');
  await expect(result(page)).toHaveCount(0);
  await expect(run.nth(0)).toBeFocused();

  await run.nth(1).click();
  await expect(result(page).getByRole('status')).toHaveText('Ended with an error.');
  await expect(result(page).getByRole('group', { name: 'Output' })).toHaveText('before');
  await expect(result(page)).toContainText('ReferenceError');

  await run.nth(2).click();
  const endless = result(page).last();
  const soFar = endless.getByRole('group', { name: 'Output' });
  // Shown while it runs, and after it was ended.
  await expect(soFar).toHaveText('so far');
  await endless.getByRole('button', { name: 'Stop' }).click();
  await expect(endless.getByRole('status')).toHaveText('Stopped.');
  await expect(soFar).toHaveText('so far');
  await run.nth(2).click();
  await expect(endless.getByRole('status')).toHaveText('Ended: its time was up.');
  await expect(soFar).toHaveText('so far');
});

/** A picture of one pixel, as a program writes it that has no library for it. */
const drawsPicture = `import struct, zlib
def chunk(kind, data):
    return struct.pack('>I', len(data)) + kind + data + struct.pack('>I', zlib.crc32(kind + data))
head = chunk(b'IHDR', struct.pack('>IIBBBBB', 1, 1, 8, 2, 0, 0, 0))
b'\\x89PNG\\r\\n\\x1a\\n' + head + chunk(b'IDAT', zlib.compress(b'\\0\\xff\\0\\0')) + chunk(b'IEND', b'')`;

test('runs Python, which is fetched at the first press: output, value, picture, error', async ({
  page,
}) => {
  const python: string[] = [];
  page.on('request', (request) => {
    if (request.url().includes('/python/')) python.push(request.url());
  });
  await openWithAnswers(page, [
    fence('python', 'print("sum", sum(range(4)))\n[n * n for n in range(3)]'),
    fence('py', drawsPicture),
    fence('py', 'def f():\n    return 1 / 0\nprint("before")\nf()'),
    fence('py', 'print("no line end", end="")\nwhile True:\n    pass'),
  ]);
  const run = button(page, 'Run code');
  await expect(run).toHaveCount(4);
  expect(python).toEqual([]);

  await run.nth(0).click();
  await expect(result(page).getByRole('status')).toHaveText(/^Fetching Python: \d+ MB of 12 MB$/);
  await expect(result(page).getByRole('status')).toHaveText('Finished.', { timeout: 120_000 });
  await expect(result(page).getByRole('group', { name: 'Output' })).toHaveText('sum 6');
  await expect(result(page).getByRole('group', { name: 'Value' })).toHaveText('[0, 1, 4]');

  await run.nth(1).click();
  const picture = page.getByRole('img', { name: 'Picture made by the code' });
  await expect(picture).toBeVisible({ timeout: 60_000 });
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(1);

  await run.nth(2).click();
  const failed = result(page).last();
  await expect(failed.getByRole('status')).toHaveText('Ended with an error.', { timeout: 60_000 });
  await expect(failed).toContainText('before');
  await expect(failed).toContainText('ZeroDivisionError');

  await run.nth(3).click();
  const late = result(page).last();
  await expect(late.getByRole('status')).toHaveText('Ended: its time was up.', { timeout: 60_000 });
  await expect(late.getByRole('group', { name: 'Output' })).toHaveText('no line end');
  expect(python).toHaveLength(4);
});

/** All ways to a network that a page's markup has; `AWAY` is another origin. */
const hostileMarkup = `<!doctype html><html><head><title>x</title><base href="AWAY/base/">
<meta http-equiv="refresh" content="0;url=AWAY/refresh"><link rel="stylesheet" href="AWAY/style">
<link rel="prefetch" href="AWAY/prefetch"><link rel="preconnect" href="AWAY/"><link rel="icon" href="AWAY/icon">
<style>@import "AWAY/import"; @font-face { font-family: f; src: url(AWAY/font); } h1 { color: rgb(0, 128, 0);
font-family: f; background: url(AWAY/css); }</style></head>
<body background="AWAY/background"><h1>Shown</h1><img src="AWAY/img" srcset="AWAY/srcset 2x">
<svg><image href="AWAY/svg-image" /><use href="AWAY/use#a" /></svg><video poster="AWAY/poster" src="AWAY/video"></video>
<iframe src="AWAY/frame"></iframe><object data="AWAY/object"></object><embed src="AWAY/embed">
<form action="AWAY/form"><button>Send</button></form><a href="AWAY/link" ping="AWAY/ping">Away</a>
<a href="AWAY/top" target="_top">Up</a><a href="AWAY/blank" target="_blank">New</a>
<script src="AWAY/script"></script><script>document.querySelector('h1').textContent = 'Scripted';</script>`;

/** And those of its scripts; tells in its text which of them did not fail. */
const hostileScript = `<h1>Waits</h1><script>
const udp = { iceServers: [{ urls: 'stun:127.0.0.1:UDP' }] };
const connect = 'const c = new RTCPeerConnection(' + JSON.stringify(udp) + ');' +
  'c.createDataChannel("x"); c.createOffer().then((o) => c.setLocalDescription(o));';
const inner = '<script>' + connect + '</scr' + 'ipt>';
RegExp.prototype.exec = () => null; RegExp.prototype.test = () => false;
String.prototype.replace = function () { return String(this); };
const added = (name, props) => document.body.append(Object.assign(document.createElement(name), props));
const tries = {
  rtc: () => new RTCPeerConnection(udp),
  fetch: () => fetch('AWAY/fetch'),
  beacon: () => { navigator.sendBeacon('AWAY/beacon'); throw 1; },
  socket: () => new Promise((resolve, reject) => {
    const socket = new WebSocket('AWAY/socket'.replace('http', 'ws')); socket.onopen = resolve; socket.onerror = reject;
  }),
  worker: () => new Promise((resolve, reject) => {
    const worker = new Worker(URL.createObjectURL(new Blob(['postMessage(1)'])));
    worker.onmessage = resolve; worker.onerror = reject;
  }),
  storage: () => localStorage.setItem('a', 'b'),
  cookie: () => { document.cookie = 'a=b'; },
  parent: () => parent.document.body,
  top: () => top.document.body,
  leave: () => { top.location = 'AWAY/leave'; throw 1; },
  open: () => { if (!open('AWAY/open')) throw 1; },
  eval: () => eval('1'),
  link: () => added('link', { rel: 'preconnect', href: 'AWAY/made-link' }),
  linkNs: () => document.createElementNS('http://www.w3.org/1999/xhtml', 'h:link'),
  frame: () => added('iframe', { srcdoc: inner }),
  parser: () => new DOMParser().parseFromString(inner, 'text/html'),
  policy: () => trustedTypes.createPolicy('default', { createHTML: (text) => text }),
  html: () => {
    document.body.insertAdjacentHTML('beforeend', '<link rel=preconnect href=AWAY/html><iframe></iframe>');
    if (!document.querySelector('body link, iframe')) throw 1;
  },
  innerFrame: () => {
    const box = document.createElement('div'); box.innerHTML = '<IFRAME srcdoc="' + inner + '"></IFRAME>';
    document.body.append(box); if (!box.querySelector('iframe')) throw 1;
  },
};
(async () => {
  const could = [];
  for (const [name, run] of Object.entries(tries)) { try { await run(); could.push(name); } catch {} }
  document.querySelector('h1').textContent = 'could: ' + (could.join() || 'nothing');
  document.body.insertAdjacentHTML('beforeend', '<p>also <b>bold</b></p><img src="AWAY/late-img">');
  added('img', { src: 'AWAY/made-img' });
  added('form', { action: 'AWAY/made-form' }); document.querySelector('form').submit();
  const rules = added('script', { type: 'speculationrules', textContent: '{"prefetch":[{"source":"list","urls":["AWAY/rules"]}]}' });
  await new Promise((resolve) => setTimeout(resolve, 300));
  location.href = 'javascript:' + JSON.stringify(inner);
  await new Promise((resolve) => setTimeout(resolve, 5000));
  location.href = 'AWAY/location';
})();
</script>`;

test('previews HTML without any network, and with its scripts only if asked to', async ({
  page,
  baseURL,
}) => {
  const away = await startLeakServer();
  const stun = createSocket('udp4').bind(0, '127.0.0.1');
  let packets = 0;
  stun.on('message', () => (packets += 1));
  await new Promise((resolve) => stun.on('listening', resolve));
  const told = (code: string) =>
    code.replaceAll('AWAY', away.url).replaceAll('UDP', String(stun.address().port));
  const blocks = [
    fence('html', told(hostileMarkup)),
    fence('html', told(hostileScript)),
    fence('svg', '<svg viewBox="0 0 9 9"><title>Circle</title><circle r="4" /></svg>'),
  ];
  // In one answer: answers far from the view are not drawn.
  await openWithAnswers(page, [blocks.join('\n\n')]);
  const open = button(page, 'Preview');
  const preview = page.getByRole('region', { name: 'Preview of the code' });
  const shown = (at: number) =>
    preview.nth(at).frameLocator('iframe').frameLocator('iframe').locator('body');
  await expect(open).toHaveCount(3);
  await expect(preview).toHaveCount(0);

  const pages = page.context().pages();
  await open.nth(0).click();
  const heading = shown(0).getByRole('heading');
  await expect(heading).toHaveText('Shown');
  await expect(heading).toHaveCSS('color', 'rgb(0, 128, 0)');
  for (const name of ['Away', 'Up', 'New']) await shown(0).getByRole('link', { name }).click();
  await shown(0).getByRole('button', { name: 'Send' }).click();
  await preview.first().getByRole('checkbox', { name: 'Run its scripts' }).check();
  await expect(heading).toHaveText('Scripted');

  await open.nth(1).click();
  await expect(shown(1).getByRole('heading')).toHaveText('Waits');
  await preview.nth(1).getByRole('checkbox', { name: 'Run its scripts' }).check();
  await expect(shown(1).getByRole('heading')).toHaveText('could: nothing');
  await expect(shown(1).getByText('also bold')).toBeVisible();

  await open.nth(2).click();
  await expect(shown(2).locator('circle')).toBeVisible();
  // By then the script has led its frame away, and what was asked for would have arrived.
  await page.waitForTimeout(7000);
  expect(away.leaked).toEqual([]);
  expect(packets).toBe(0);
  expect(new URL(page.url()).origin).toBe(new URL(baseURL ?? '').origin);
  expect(page.context().pages()).toEqual(pages);
  await preview.nth(0).getByRole('button', { name: 'Close' }).click();
  await expect(open.nth(0)).toBeFocused();
  away.close();
  stun.close();
});

test.describe('offline', () => {
  test.use({ profile: 'new', serviceWorkers: 'allow' });

  test('previews HTML with the server stopped, after the first visit', async ({
    page,
    context,
  }) => {
    const host = await new StaticHost().start();
    const app = await new App(page).open(host.url);
    await page.waitForFunction(() => crossOriginIsolated);
    await app.isKept();
    await host.stop();
    const html = '<style>h1 { color: rgb(0, 128, 0); }</style><h1>Shown</h1>';
    const scripted = '<script>document.querySelector("h1").textContent = "Scripted"</script>';
    const later = await context.newPage();
    await openWithAnswers(later, [fence('html', html + scripted)], host.url);
    await button(later, 'Preview').click();
    const preview = later.getByRole('region', { name: 'Preview of the code' });
    const heading = preview.frameLocator('iframe').frameLocator('iframe').getByRole('heading');
    await expect(heading).toHaveText('Shown');
    await expect(heading).toHaveCSS('color', 'rgb(0, 128, 0)');
    await preview.getByRole('checkbox', { name: 'Run its scripts' }).check();
    await expect(heading).toHaveText('Scripted');
  });
});
