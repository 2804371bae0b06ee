// One session of WebKit: its windows, its frames, and scripts that run in them.
import { readFileSync } from 'node:fs';
import { inProject } from '../project.mjs';
import { WebDriverError } from './driver.mjs';

/** The key that marks an element reference in WebDriver. */
export const elementKey = 'element-6066-11e4-a52e-4f735466cecf';

/**
 * @typedef {{ readonly window: string, readonly frames: readonly string[] }} Scope `frames` are CSS selectors
 * from the outermost one; a space also enters an open shadow root.
 */

const findFrame = `return arguments[0].split(' ').reduce(
  (root, selector) => root && (root.shadowRoot ?? root).querySelector(selector), document)`;

/** @returns {string} A script; read late, since dependencies may be installed after this file is loaded. */
function readQueries() {
  const library = ['@testing-library', 'dom', 'dist', '@testing-library', 'dom.umd.min.js'];
  return [inProject('node_modules', ...library), inProject('scripts', 'webkit', 'queries.js')]
    .map((file) => readFileSync(file, 'utf8'))
    .join('\n');
}

export class WebKitSession {
  #driver;
  #path;
  /** @type {string | null} */
  #window = null;
  #isInFrame = false;

  /**
   * @param {import('./driver.mjs').WebKitDriver} driver
   * @param {string} id
   * @param {string} version
   */
  constructor(driver, id, version) {
    this.#driver = driver;
    this.#path = `/session/${id}`;
    this.version = version;
  }

  /**
   * Storage is empty and ends with the session, as in a private window.
   * @param {import('./driver.mjs').WebKitDriver} driver
   */
  static async open(driver) {
    const { sessionId, capabilities } = await driver.call('POST', '/session', { capabilities: {} });
    return new WebKitSession(driver, sessionId, capabilities.browserVersion);
  }

  /** @returns {Promise<string>} The window's handle. */
  async currentWindow() {
    return (this.#window ??= await this.#send('GET', '/window'));
  }

  /** @returns {Promise<string>} */
  async newWindow() {
    const { handle } = await this.#send('POST', '/window/new', { type: 'tab' });
    return handle;
  }

  /** @returns {Promise<string[]>} */
  windows() {
    return this.#send('GET', '/window/handles');
  }

  /** @param {string} window */
  async closeWindow(window) {
    await this.send({ window, frames: [] }, 'DELETE', '/window');
    this.#window = null;
  }

  /**
   * @param {Scope} scope The window and frame.
   * @param {'GET' | 'POST' | 'DELETE'} method
   * @param {string} path
   * @param {object} [body]
   * @returns {Promise<any>}
   */
  async send(scope, method, path, body) {
    await this.#enter(scope);
    return this.#send(method, path, body);
  }

  /**
   * @param {Scope} scope
   * @param {string} body A function's body; it may use `corralQueries`.
   * @param {readonly unknown[]} args
   * @returns {Promise<any>} Elements come as references.
   */
  async run(scope, body, args) {
    const script = `if (!globalThis.corralQueries) return 'no queries'; ${body}`;
    await this.#enter(scope);
    for (;;) {
      const result = await this.#send('POST', '/execute/sync', { script, args });
      if (result !== 'no queries') return result;
      await this.#send('POST', '/execute/sync', { script: readQueries(), args: [] });
    }
  }

  /**
   * @param {Scope} scope
   * @param {Function} work Runs in the page; may be asynchronous.
   * @param {readonly unknown[]} args
   * @returns {Promise<any>}
   */
  async evaluate(scope, work, args) {
    const script = `const done = arguments[arguments.length - 1];
      const args = [...arguments].slice(0, -1);
      new Promise((resolve) => resolve((${work})(...args))).then(
        (value) => done({ value }),
        (error) => done({ error: String(error) }),
      );`;
    const result = await this.send(scope, 'POST', '/execute/async', { script, args });
    if ('error' in result) throw new Error(result.error);
    return result.value ?? undefined;
  }

  async close() {
    await this.#send('DELETE', '');
  }

  /** @param {Scope} scope */
  async #enter({ window, frames }) {
    if (window !== this.#window) {
      await this.#send('POST', '/window', { handle: window });
      this.#window = window;
    } else if (this.#isInFrame) {
      await this.#send('POST', '/frame', { id: null });
    }
    this.#isInFrame = false;
    for (const path of frames) {
      const id = await this.#send('POST', '/execute/sync', { script: findFrame, args: [path] });
      if (id === null) throw new WebDriverError({ error: 'no such frame', message: path });
      await this.#send('POST', '/frame', { id });
      this.#isInFrame = true;
    }
  }

  /**
   * @param {'GET' | 'POST' | 'DELETE'} method
   * @param {string} path
   * @param {object} [body]
   */
  #send(method, path, body) {
    return this.#driver.call(method, this.#path + path, body);
  }
}

/**
 * True for transient errors: the element is missing, was redrawn, or is covered.
 * @param {unknown} error
 */
export function isPassing(error) {
  return (
    error instanceof WebDriverError &&
    [
      'element click intercepted',
      'element not interactable',
      'no such element',
      'no such frame',
      'stale element reference',
    ].includes(error.code)
  );
}
