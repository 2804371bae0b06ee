// Builds the app and serves the build on localhost with Vite.
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ForeseenError, tellsOfNoRoom, wholeMessage } from './foreseen-error.mjs';
import { inProject, projectFolder } from './project.mjs';

/** Vite's default port, as documented. */
export const usualPort = 4173;

/**
 * @typedef {object} AppServer
 * @property {string} url Ends with a slash.
 * @property {() => Promise<void>} close
 */

/**
 * Builds into dist/, replacing an earlier build; Vite prints only warnings.
 * @throws {ForeseenError} With the compiler's message.
 */
export async function buildApp() {
  const { build } = await import('vite');
  const environment = process.env['NODE_ENV'];
  try {
    await build({ root: projectFolder, logLevel: 'warn' });
  } catch (error) {
    const message = wholeMessage(error);
    throw new ForeseenError(
      tellsOfNoRoom(message)
        ? 'The app could not be built: there is no room left on the disk.'
        : `The app could not be built: ${message}`,
      { cause: error },
    );
  } finally {
    // Vite sets it to production; test runners started from here must not inherit that.
    if (environment === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = environment;
  }
}

/**
 * Vite's preview compresses every response anew, which takes seconds of CPU time for nothing on one machine.
 * @type {import('vite').Plugin}
 */
const uncompressed = {
  name: 'corral-uncompressed',
  configurePreviewServer({ middlewares }) {
    middlewares.use((request, _response, next) => {
      delete request.headers['accept-encoding'];
      next();
    });
  },
};

/**
 * Serves a build on localhost only; by default dist/.
 * @param {object} [options]
 * @param {number} [options.port] If it is taken, the next free one is used; 0 for any free one.
 * @param {boolean} [options.openBrowser]
 * @param {string} [options.host] Another name of this machine.
 * @param {import('vite').Plugin[]} [options.plugins] Serve more than the app.
 * @param {string} [options.folder] Another build's, absolute.
 * @returns {Promise<AppServer>}
 * @throws {ForeseenError} If there is no build.
 */
export async function serveBuiltApp({
  port = usualPort,
  openBrowser = false,
  host = 'localhost',
  plugins = [],
  folder = inProject('dist'),
} = {}) {
  if (!existsSync(path.join(folder, 'index.html'))) {
    throw new ForeseenError('The app has not been built yet; run npm run build.');
  }
  const { preview } = await import('vite');
  const server = await preview({
    root: projectFolder,
    logLevel: 'warn',
    plugins: [uncompressed, ...plugins],
    build: { outDir: folder },
    preview: { port, host, strictPort: false, open: openBrowser },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the preview server has no local address');
  return { url, close: () => server.close() };
}
