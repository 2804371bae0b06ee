// `npm run bench -- widget`: the size of what an embedding site loads, and the time until a visitor can type.
import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { gzipSync } from 'node:zlib';
import { chromiumOptions, locale } from '../scripts/chromium-options.mjs';
import { serveDemoSite } from '../scripts/demo-site.mjs';
import { inProject } from '../scripts/project.mjs';
import { buildApp, serveBuiltApp } from '../scripts/serving.mjs';
import { provideBrowser } from '../scripts/set-up/browser.mjs';
import { provideModels } from '../scripts/set-up/models.mjs';
import { judge } from './measure/limits.mjs';
import { median, round } from './measure/statistics.mjs';

/** The first warms up and is not counted. */
const rounds = 4;
/**
 * Kilobytes of a thousand bytes. The frame must load less than the best-known widget does without its engine.
 */
const limits = { loader_kb_gzip: 6, frame_js_kb_gzip: 111 };
/** deep-chat's bundle without its engine. */
const peer = { name: 'deep-chat', js_kb_gzip: 111 };

export default async function benchWidget() {
  await provideModels();
  await buildApp();
  const server = await serveBuiltApp({ port: 0 });
  const demo = await serveDemoSite({ corralUrl: server.url, port: 0 });
  try {
    const visits = [];
    for (let at = 0; at < rounds; at += 1) {
      const visit = await visitSite(demo.url, server.url);
      if (at > 0) visits.push(visit);
    }
    const loader = gzipSync(readFileSync(inProject('dist', 'widget.js'))).length;
    const [first] = visits;
    if (first === undefined) throw new Error('there was no visit');
    /** @type {Record<string, number>} */
    const figures = {
      loader_kb_gzip: round(loader / 1000),
      frame_js_kb_gzip: round(first.frameBytes / 1000),
      ready_ms: round(median(visits.map(({ readyMs }) => readyMs))),
    };
    return { bench: 'widget', cores: cpus().length, ...figures, peer, ...judge(figures, limits) };
  } finally {
    await demo.close();
    await server.close();
  }
}

/**
 * A first visit: nothing is cached or stored.
 * @param {string} url
 * @param {string} corralUrl
 * @returns {Promise<{ frameBytes: number, readyMs: number }>} The frame's scripts, compressed; and the time
 * from the site's first byte until the inline chat's field takes text.
 */
async function visitSite(url, corralUrl) {
  const { executablePath } = await provideBrowser();
  const { chromium } = await import('playwright');
  const options = chromiumOptions({ executablePath });
  // Playwright disables storage partitioning, which real users have: the last such argument counts.
  const args = [...options.args, '--disable-features=MediaRouter,Translate,OptimizationHints'];
  const browser = await chromium.launch({ ...options, args });
  try {
    const page = await (await browser.newContext({ locale })).newPage();
    /** @type {Promise<Buffer>[]} */
    const scripts = [];
    page.on('response', (response) => {
      const isScript = /javascript/.test(response.headers()['content-type'] ?? '');
      const isFrames = response.url().startsWith(`${corralUrl}embed/`);
      // Scripts after the end of the visit do not count.
      if (isScript && isFrames) scripts.push(response.body().catch(() => Buffer.alloc(0)));
    });
    await page.goto(url, { waitUntil: 'commit' });
    const startMs = performance.now();
    const composer = page.frameLocator('#inline iframe').getByRole('textbox', { name: 'Message' });
    await composer.press('a');
    const readyMs = performance.now() - startMs;
    const bodies = await Promise.all(scripts);
    if (bodies.length === 0) throw new Error('the frame loaded no script');
    return { readyMs, frameBytes: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) };
  } finally {
    await browser.close();
  }
}
