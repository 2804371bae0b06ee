// Finds and uses elements in WebKit, by the names and with the meaning that Playwright's locators have.
import { setTimeout as pause } from 'node:timers/promises';
import { elementKey, isPassing } from './session.mjs';

const pollMs = 50;
const actionLimitMs = 20_000;
/** Characters; what is longer comes as if pasted. */
const typedLimit = 100;

/** @typedef {{ source: string, flags: string }} Pattern A regular expression, as it goes to the page. */

/**
 * One part of a query; queries.js says what each means.
 * @typedef {{ by: 'role', role: string, name: Pattern | undefined, level: number | undefined, checked: boolean | undefined }
 *   | { by: 'label', text: Pattern }
 *   | { by: 'text', text: Pattern }
 *   | { by: 'css', selector: string }
 *   | { by: 'nth', index: number }
 *   | { by: 'filter', hasText: Pattern | undefined, has: readonly Step[] | undefined }
 *   | { by: 'or', steps: readonly Step[] }
 *   | { by: 'and', steps: readonly Step[] }} Step
 */

/**
 * @param {string | RegExp} text A text matches as a part, in either case, unless `exact`.
 * @param {{ exact?: boolean | undefined }} [options]
 * @returns {Pattern}
 */
function matching(text, { exact = false } = {}) {
  if (text instanceof RegExp) return { source: text.source, flags: text.flags };
  const source = text.replace(/\s+/g, ' ').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return exact ? { source: `^${source}$`, flags: '' } : { source, flags: 'i' };
}

/** What a page, a frame and a locator have in common. */
export class Finder {
  /**
   * @param {import('./session.mjs').WebKitSession} session
   * @param {import('./session.mjs').Scope} scope
   * @param {readonly Step[]} steps
   */
  constructor(session, scope, steps) {
    this.session = session;
    this.scope = scope;
    this.steps = steps;
  }

  /**
   * @param {string} role
   * @param {{ name?: string | RegExp, exact?: boolean, level?: number, checked?: boolean }} [options]
   */
  getByRole(role, { name, exact, level, checked } = {}) {
    const named = name === undefined ? undefined : matching(name, { exact });
    return this.find({ by: 'role', role, name: named, level, checked });
  }

  /**
   * @param {string | RegExp} text
   * @param {{ exact?: boolean }} [options]
   */
  getByText(text, options) {
    return this.find({ by: 'text', text: matching(text, options) });
  }

  /**
   * @param {string | RegExp} text
   * @param {{ exact?: boolean }} [options]
   */
  getByLabel(text, options) {
    return this.find({ by: 'label', text: matching(text, options) });
  }

  /** @param {string} selector CSS */
  locator(selector) {
    return this.find({ by: 'css', selector });
  }

  /** @param {Step} step */
  find(step) {
    return new WebKitLocator(this.session, this.scope, [...this.steps, step]);
  }
}

export class WebKitLocator extends Finder {
  first() {
    return this.nth(0);
  }

  last() {
    return this.nth(-1);
  }

  /** @param {number} index From the end where it is negative. */
  nth(index) {
    return this.find({ by: 'nth', index });
  }

  /** @param {{ hasText?: string | RegExp, has?: WebKitLocator }} wanted */
  filter({ hasText, has }) {
    const text = hasText === undefined ? undefined : matching(hasText);
    return this.find({ by: 'filter', hasText: text, has: has?.steps });
  }

  /** @param {WebKitLocator} other */
  or(other) {
    return this.find({ by: 'or', steps: other.steps });
  }

  /** @param {WebKitLocator} other */
  and(other) {
    return this.find({ by: 'and', steps: other.steps });
  }

  async count() {
    return (await this.#look('return found.length')) ?? 0;
  }

  /** @returns {Promise<boolean>} False too where there is none. */
  async isVisible() {
    return (await this.#look('return found.some(corralQueries.isVisible)')) ?? false;
  }

  /** @returns {Promise<string[]>} */
  async allInnerTexts() {
    return (await this.#look('return found.map((element) => element.innerText)')) ?? [];
  }

  /** @returns {Promise<string[]>} With what is not drawn. */
  async allTextContents() {
    return (await this.#look('return found.map((element) => element.textContent)')) ?? [];
  }

  /** @returns {Promise<string>} */
  innerText() {
    return this.evaluate((element) => /** @type {HTMLElement} */ (element).innerText);
  }

  /** @returns {Promise<string>} */
  inputValue() {
    return this.evaluate((element) => /** @type {HTMLInputElement} */ (element).value);
  }

  /** @returns {Promise<boolean>} */
  isChecked() {
    return this.evaluate((element) => /** @type {HTMLInputElement} */ (element).checked);
  }

  /** @returns {Promise<boolean>} */
  isDisabled() {
    return this.evaluate((element) => element.matches(':disabled, [aria-disabled="true"]'));
  }

  /** @param {string} name */
  getAttribute(name) {
    return this.evaluate((element, name) => element.getAttribute(name), name);
  }

  /**
   * Waits for the element.
   * @template T
   * @param {(element: Element, argument: any) => T} work Runs in the page, at once.
   * @param {unknown} [argument]
   * @returns {Promise<T>}
   */
  evaluate(work, argument) {
    return this.#whenThere(async (reference) =>
      this.session.run(this.scope, `return (${work})(...arguments)`, [reference, argument]),
    );
  }

  /**
   * @template T
   * @param {(elements: Element[]) => T} work
   * @returns {Promise<T>}
   */
  evaluateAll(work) {
    return this.#look(`return (${work})(found)`);
  }

  /** @param {{ state?: 'visible' | 'hidden', timeout?: number }} [options] */
  async waitFor({ state = 'visible', timeout = actionLimitMs } = {}) {
    await this.#until(async () => (await this.isVisible()) === (state === 'visible'), timeout);
  }

  /** A real press of the mouse, in the middle of the element. */
  async click() {
    await this.#whenThere(({ [elementKey]: id }) => this.#send(`/element/${id}/click`, {}));
  }

  async focus() {
    await this.evaluate((element) => /** @type {HTMLElement} */ (element).focus());
  }

  async blur() {
    await this.evaluate((element) => /** @type {HTMLElement} */ (element).blur());
  }

  /** Chooses what is not chosen yet, by keyboard: the control itself may be drawn by its label. */
  async check() {
    if (await this.isChecked()) return;
    await this.press(' ');
    await this.#until(() => this.isChecked(), actionLimitMs);
  }

  /**
   * Types the text in place of what is there.
   * @param {string} text
   */
  async fill(text) {
    const isTyped = text.length <= typedLimit;
    await this.evaluate(
      (element, pasted) => {
        const field = /** @type {HTMLInputElement} */ (element);
        field.focus();
        field.select();
        if (pasted !== null) document.execCommand('insertText', false, pasted);
      },
      isTyped ? null : text,
    );
    if (isTyped) await this.press(text === '' ? 'Backspace' : text);
  }

  /**
   * Types real keys with the element in focus.
   * @param {string} keys A key's name, or text.
   */
  async press(keys) {
    const text = keyCodes[keys] ?? keys;
    await this.#whenThere(({ [elementKey]: id }) => this.#send(`/element/${id}/value`, { text }));
  }

  /** @param {string} label An option's. */
  async selectOption(label) {
    await this.find({ by: 'css', selector: 'option' })
      .filter({ hasText: new RegExp(`^${matching(label).source}$`) })
      .click();
  }

  /** @param {string} path Of a file on this machine, for a field that takes files. */
  async setInputFiles(path) {
    await this.press(path);
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  #send(path, body) {
    return this.session.send(this.scope, 'POST', path, body);
  }

  /**
   * @param {string} work In the page, with what is `found` there now.
   * @returns {Promise<any>} Undefined where the page or the frame has gone meanwhile.
   */
  async #look(work) {
    const body = `const found = corralQueries.resolve(arguments[0]); ${work}`;
    try {
      return await this.session.run(this.scope, body, [this.steps]);
    } catch (error) {
      if (isPassing(error)) return undefined;
      throw error;
    }
  }

  /**
   * @template T
   * @param {(reference: any) => Promise<T>} work Is tried again while the element is not there or is covered.
   * @returns {Promise<T>}
   */
  async #whenThere(work) {
    /** @type {T} */
    let result;
    /** @type {unknown} */
    let obstacle = null;
    await this.#until(
      async () => {
        const found = (await this.#look('return found')) ?? [];
        if (found.length > 1) obstacle = `there are ${found.length}`;
        if (found.length !== 1) return false;
        try {
          result = await work(found[0]);
          return true;
        } catch (error) {
          if (!isPassing(error)) throw error;
          obstacle = error;
          return false;
        }
      },
      actionLimitMs,
      () => obstacle,
    );
    // @ts-expect-error It was given a value, or #until has thrown.
    return result;
  }

  /**
   * @param {() => Promise<boolean>} condition
   * @param {number} limitMs
   * @param {() => unknown} [obstacle]
   */
  async #until(condition, limitMs, obstacle = () => null) {
    const endMs = Date.now() + limitMs;
    while (!(await condition())) {
      if (Date.now() > endMs) {
        const why = obstacle() === null ? '' : `: ${obstacle()}`;
        throw new Error(`Waited ${limitMs} ms for ${JSON.stringify(this.steps)}${why}`);
      }
      await pause(pollMs);
    }
  }
}

/** @type {Readonly<Record<string, string>>} WebDriver's characters for keys without one of their own. */
export const keyCodes = {
  Backspace: '\uE003',
  Tab: '\uE004',
  Enter: '\uE007',
  Shift: '\uE008',
  Control: '\uE009',
  Escape: '\uE00C',
  Space: ' ',
  End: '\uE010',
  Home: '\uE011',
  ArrowUp: '\uE013',
  ArrowDown: '\uE015',
};
