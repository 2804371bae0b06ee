// Serves demo/: a site that embeds the widget. To browsers it is another site than the app.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { inProject } from './project.mjs';

/** The port after the app's usual one. */
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
 * @param {string} options.corralUrl The app's address, ending with a slash.
 * @param {number} [options.port] If it is taken, any free one is used.
 * @returns {Promise<{ url: string, close: () => Promise<void> }>}
 */
export async function serveDemoSite({ corralUrl, port = demoPort }) {
  const server = createServer(async (request, response) => {
    // Refuses other host names that resolve to this machine: a page of such a name could read the site.
    const name = (request.headers.host ?? '').replace(/:\d*$/, '');
    if (name !== host && name !== 'localhost') return void response.writeHead(421).end();
    // Does not parse the address as a URL: the path `//` would be invalid.
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
