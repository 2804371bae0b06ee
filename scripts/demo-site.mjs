// Serves demo/: a site that embeds the widget, on another site than the app, as far as browsers can tell.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { inProject } from './project.mjs';

/** Next to the app's usual one. */
export const demoPort = 4174;
const host = '127.0.0.1';

/** @type {Readonly<Record<string, { file: string, type: string }>>} */
const pages = {
  '/': { file: 'index.html', type: 'text/html; charset=utf-8' },
  '/demo.css': { file: 'demo.css', type: 'text/css' },
  '/demo.js': { file: 'demo.js', type: 'text/javascript' },
};

/**
 * @param {object} options
 * @param {string} options.corralUrl Where the app is, with a slash at its end.
 * @param {number} [options.port] Any free one is taken if it is not.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveDemoSite({ corralUrl, port = demoPort }) {
  const server = createServer(async (request, response) => {
    // A name that leads here from elsewhere is not this site's: a page of that name could read it.
    const name = (request.headers.host ?? '').replace(/:\d*$/, '');
    if (name !== host && name !== 'localhost') return void response.writeHead(421).end();
    // No address is parsed: `//` is a path that is none.
    const [path = ''] = (request.url ?? '').split(/[?#]/, 1);
    const page = Object.hasOwn(pages, path) ? pages[path] : undefined;
    if (page === undefined) return void response.writeHead(404).end();
    const text = await readFile(inProject('demo', page.file), 'utf8').catch(() => null);
    if (text === null) return void response.writeHead(404).end();
    response.writeHead(200, { 'Content-Type': page.type, 'Cache-Control': 'no-cache' });
    response.end(text.replaceAll('{CORRAL}', corralUrl));
  });
  const listen = (/** @type {number} */ wanted) =>
    new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(wanted, host, () => resolve(server.off('error', reject)));
    });
  await listen(port).catch(() => listen(0));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the demo has no address');
  return {
    url: `http://${host}:${address.port}/`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
