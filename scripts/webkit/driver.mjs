// Starts WebKit's WebDriver, with a virtual display if the system has none, and sends it commands.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ForeseenError } from '../foreseen-error.mjs';
import { findOnPath } from '../set-up/browser-places.mjs';

const startLimitMs = 20_000;
/** Longer than any command: a script's own limit is shorter. */
const commandLimitMs = 120_000;

/** The driver's answer to a failed command; `code` is WebDriver's, such as "stale element reference". */
export class WebDriverError extends Error {
  /** @param {{ error: string, message: string }} value */
  constructor({ error, message }) {
    super(`${error}: ${message}`);
    this.name = 'WebDriverError';
    this.code = error;
  }
}

export class WebKitDriver {
  #end;
  #port;

  /**
   * @param {number} port
   * @param {string} downloads
   * @param {() => void} end
   */
  constructor(port, downloads, end) {
    this.#port = port;
    this.#end = end;
    /** The folder of downloads. The browser deletes a page's downloads together with the page. */
    this.downloads = downloads;
  }

  /**
   * @param {string} executablePath
   * @returns {Promise<WebKitDriver>}
   * @throws {ForeseenError} If it does not start.
   */
  static async start(executablePath) {
    /** @type {import('node:child_process').ChildProcess[]} */
    const children = [];
    const folder = mkdtempSync(path.join(tmpdir(), 'corral-webkit-'));
    const end = () => {
      endAll(children);
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    };
    process.once('exit', end);
    try {
      const display = process.platform === 'linux' ? await startDisplay(children) : null;
      const port = await freePort();
      const downloads = makeDownloads(folder);
      const env = {
        ...process.env,
        // The page's language; Chromium gets it from its options.
        LC_ALL: 'en_GB.UTF-8',
        XDG_CONFIG_HOME: folder,
        ...(display && { DISPLAY: display }),
      };
      const child = spawn(executablePath, ['-p', String(port)], {
        env,
        stdio: 'ignore',
        // Its own process group, so that the browser ends with it.
        detached: true,
      });
      children.push(child);
      const driver = new WebKitDriver(port, downloads, end);
      await driver.#isReady(child);
      return driver;
    } catch (error) {
      end();
      throw new ForeseenError('WebKit’s driver did not start.', { cause: error });
    }
  }

  /**
   * @param {'GET' | 'POST' | 'DELETE'} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>} What WebDriver calls the value.
   * @throws {WebDriverError}
   */
  async call(method, path, body) {
    const response = await fetch(`http://127.0.0.1:${this.#port}${path}`, {
      method,
      signal: AbortSignal.timeout(commandLimitMs),
      ...(body && { body: JSON.stringify(body) }),
    });
    const { value } = /** @type {{ value: any }} */ (await response.json());
    if (!response.ok) throw new WebDriverError(value);
    return value;
  }

  stop() {
    this.#end();
  }

  /** @param {import('node:child_process').ChildProcess} child */
  async #isReady(child) {
    const endMs = Date.now() + startLimitMs;
    for (;;) {
      if (child.exitCode !== null) throw new Error(`it ended with status ${child.exitCode}`);
      try {
        return await this.call('GET', '/status');
      } catch (error) {
        if (Date.now() > endMs) throw error;
      }
      await pause(50);
    }
  }
}

/**
 * @param {string} folder The browser's settings folder, whose file names the downloads folder.
 * @returns {string}
 */
function makeDownloads(folder) {
  const downloads = path.join(folder, 'downloads');
  mkdirSync(downloads);
  writeFileSync(path.join(folder, 'user-dirs.dirs'), `XDG_DOWNLOAD_DIR="${downloads}"\n`);
  return downloads;
}

/**
 * @param {import('node:child_process').ChildProcess[]} children Gets the display's process.
 * @returns {Promise<string>} Such as ":99".
 */
async function startDisplay(children) {
  const xvfb = findOnPath('Xvfb');
  if (xvfb === null) throw new Error('Xvfb is missing');
  const args = ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp'];
  const child = spawn(xvfb, args, {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    detached: true,
  });
  children.push(child);
  const pipe = /** @type {import('node:stream').Readable} */ (child.stdio[3]);
  const signal = AbortSignal.timeout(startLimitMs);
  const [told] = await Promise.race([once(pipe, 'data', { signal }), once(child, 'exit')]);
  if (child.exitCode !== null) throw new Error(`Xvfb ended with status ${child.exitCode}`);
  return `:${String(told).trim()}`;
}

/** @returns {Promise<number>} */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return address.port;
}

/** @param {readonly import('node:child_process').ChildProcess[]} children */
function endAll(children) {
  for (const { pid } of children.toReversed()) {
    if (pid === undefined) continue;
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // It has ended already.
    }
  }
}
