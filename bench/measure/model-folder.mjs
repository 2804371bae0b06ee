// Serves a local MLC folder beside the app.
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';

/**
 * Under `/NAME/resolve/main/`, the form that WebLLM requires; NAME is the folder's own.
 * @param {string} folder
 * @param {string} library The compiled library, which may be in another folder.
 */
export function serveModelFolder(folder, library) {
  const address = `/${path.basename(path.resolve(folder))}/resolve/main/`;
  /** @type {import('vite').Plugin} */
  const plugin = {
    name: 'model-folder',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = request.url ?? '';
        if (!url.startsWith(address)) return next();
        const name = path.basename(url);
        const file = name === 'library.wasm' ? library : path.join(folder, name);
        void send(file, request.headers.range, response);
      });
    },
  };
  return { folder: address, library: `${address}library.wasm`, plugin };
}

/**
 * @param {string} file
 * @param {string | undefined} range
 * @param {import('node:http').ServerResponse} response
 */
async function send(file, range, response) {
  const size = await stat(file).then(
    (found) => found.size,
    () => null,
  );
  if (size === null) return response.writeHead(404).end();
  const start = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  response.writeHead(start > 0 ? 206 : 200, {
    'Accept-Ranges': 'bytes',
    // Keeps the file out of the browser's HTTP cache.
    'Cache-Control': 'no-store',
    'Content-Length': size - start,
    'Content-Type': file.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream',
    ...(start > 0 ? { 'Content-Range': `bytes ${start}-${size - 1}/${size}` } : {}),
  });
  createReadStream(file, { start }).pipe(response);
}
