// A tab of WebKit, with the names and semantics of Playwright's page.
import { writeFile } from 'node:fs/promises';
import { Finder } from './finder.mjs';
import { pressActions } from './keys.mjs';
import { WebKitLocator } from './locator.mjs';
import { isPassing } from './session.mjs';

export class WebKitPage extends Finder {
  /** @param {import('./session.mjs').WebKitSession} session */
  static async current(session) {
    return new WebKitPage(session, { window: await session.currentWindow(), frames: [] });
  }

  /**
   * @override
   * @param {import('./finder.mjs').Step} step
   */
  find(step) {
    return new WebKitLocator(this.session, this.scope, [step]);
  }

  /** Opens a second tab, which shares this one's storage. */
  async newPage() {
    const window = await this.session.newWindow();
    return new WebKitPage(this.session, { window, frames: [] });
  }

  /** All other tabs of the session, including those that pages opened. */
  async otherPages() {
    const windows = await this.session.windows();
    return windows
      .filter((window) => window !== this.scope.window)
      .map((window) => new WebKitPage(this.session, { window, frames: [] }));
  }

  /** @param {string} url */
  async goto(url) {
    await this.#send('POST', '/url', { url });
  }

  async reload() {
    await this.#send('POST', '/refresh', {});
  }

  async goBack() {
    await this.#send('POST', '/back', {});
  }

  /** @returns {Promise<string>} */
  url() {
    return this.#send('GET', '/url');
  }

  /** @returns {Promise<string>} */
  title() {
    return this.#send('GET', '/title');
  }

  async close() {
    await this.session.closeWindow(this.scope.window);
  }

  /**
   * @template {unknown[]} A
   * @template T
   * @param {(...args: A) => T} work Runs in the page.
   * @param {A} args
   * @returns {Promise<Awaited<T>>}
   */
  evaluate(work, ...args) {
    return this.session.evaluate(this.scope, work, args);
  }

  /** @param {string} selector CSS of the frame's element; the locator is the root of its document. */
  frameLocator(selector) {
    const { window, frames } = this.scope;
    return new WebKitLocator(this.session, { window, frames: [...frames, selector] }, []);
  }

  /** @param {{ width: number, height: number }} size The page's size, without the browser's bars. */
  async setViewportSize({ width, height }) {
    const bars = await this.evaluate(() => [outerWidth - innerWidth, outerHeight - innerHeight]);
    const [barsWidth = 0, barsHeight = 0] = bars;
    const rect = { width: width + barsWidth, height: height + barsHeight };
    await this.#send('POST', '/window/rect', rect);
  }

  /**
   * @param {{ path?: string }} [options]
   * @returns {Promise<Buffer>}
   */
  async screenshot({ path } = {}) {
    const png = Buffer.from(await this.#send('GET', '/screenshot'), 'base64');
    if (path !== undefined) await writeFile(path, png);
    return png;
  }

  keyboard = {
    /** @param {string} keys Such as "Escape", or "Control+k". */
    press: async (keys) => {
      await this.#act({ type: 'key', id: 'keyboard', actions: pressActions(keys) });
    },
  };

  mouse = {
    /**
     * @param {number} x
     * @param {number} y
     */
    click: async (x, y) => {
      await this.#act({
        type: 'pointer',
        id: 'mouse',
        parameters: { pointerType: 'mouse' },
        actions: [
          { type: 'pointerMove', duration: 0, x: Math.round(x), y: Math.round(y) },
          { type: 'pointerDown', button: 0 },
          { type: 'pointerUp', button: 0 },
        ],
      });
    },
  };

  /** @returns {Promise<string[]>} Uncaught errors of the page, as far as the driver can see them. */
  async uncaughtErrors() {
    try {
      return await this.session.run(this.scope, 'return corralQueries.errors', []);
    } catch (error) {
      if (isPassing(error)) return [];
      throw error;
    }
  }

  /** @param {object} source */
  async #act(source) {
    await this.#send('POST', '/actions', { actions: [source] });
  }

  /**
   * @param {'GET' | 'POST' | 'DELETE'} method
   * @param {string} path
   * @param {object} [body]
   */
  #send(method, path, body) {
    return this.session.send(this.scope, method, path, body);
  }
}
