// An empty page on its own origin, to measure an engine without the app.
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';

/** @typedef {Record<string, { file: string, type: string }>} Files By path on the origin. */

const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
};

/**
 * @param {import('playwright').BrowserContext} context
 * @param {{ files: Files, isolated: boolean }} options
 */
export async function openBarePage(context, { files, isolated }) {
  const server = createServer(async (request, response) => {
    const known = files[request.url ?? ''];
    const body = known ? await readFile(known.file) : '<!doctype html><title>bare</title>';
    const type = { 'Content-Type': known?.type ?? 'text/html' };
    response.writeHead(200, isolated ? { ...type, ...isolation } : type);
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(null)));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  const page = await context.newPage();
  await page.goto(`http://localhost:${address.port}/`);
  return {
    page,
    close: async () => {
      await page.close();
      server.closeAllConnections();
      server.close();
    },
  };
}
