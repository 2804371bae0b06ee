// Builds the app and serves what was built on localhost, with Vite itself.
import { existsSync } from 'node:fs';
import { ForeseenError, tellsOfNoRoom, wholeMessage } from './foreseen-error.mjs';
import { inProject, projectFolder } from './project.mjs';

/** Vite's own default, so that a person finds the app where its documentation says. */
export const usualPort = 4173;

/**
 * @typedef {object} AppServer
 * @property {string} url With a slash at its end.
 * @property {() => Promise<void>} close
 */

/**
 * Builds into dist/, in place of what is there; Vite prints only warnings.
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
    // Vite sets it to production, which test runners started from here would inherit.
    if (environment === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = environment;
  }
}

/**
 * Vite's preview compresses whatever it sends, each time: between two programs of one machine, that takes
 * seconds of its processor for nothing.
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
 * Serves dist/ on localhost only.
 * @param {object} [options]
 * @param {number} [options.port] The next free one is taken if it is not; 0 for any free one.
 * @param {boolean} [options.openBrowser]
 * @param {string} [options.host] Another name of this machine.
 * @param {import('vite').Plugin[]} [options.plugins] What is to be served beside the app.
 * @returns {Promise<AppServer>}
 * @throws {ForeseenError} Where nothing was built.
 */
export async function serveBuiltApp({
  port = usualPort,
  openBrowser = false,
  host = 'localhost',
  plugins = [],
} = {}) {
  if (!existsSync(inProject('dist', 'index.html'))) {
    throw new ForeseenError('The app has not been built yet; run npm run build.');
  }
  const { preview } = await import('vite');
  const server = await preview({
    root: projectFolder,
    logLevel: 'warn',
    plugins: [uncompressed, ...plugins],
    preview: { port, host, strictPort: false, open: openBrowser },
  });
  const url = server.resolvedUrls?.local[0];
  if (url === undefined) throw new Error('the preview server has no local address');
  return { url, close: () => server.close() };
}
