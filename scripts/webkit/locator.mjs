// Reads and uses elements in WebKit, with the names and semantics of Playwright's locators.
import { Finder, matching } from './finder.mjs';
import { charactersOf } from './keys.mjs';
import { elementKey, isPassing } from './session.mjs';
import { until } from './until.mjs';

const actionLimitMs = 20_000;
/** In characters; a longer text is set as if pasted. */
const typedLimit = 100;

/** @typedef {import('./finder.mjs').Step} Step */

export class WebKitLocator extends Finder {
  /**
   * @param {import('./session.mjs').WebKitSession} session
   * @param {import('./session.mjs').Scope} scope
   * @param {readonly Step[]} steps Empty for the root element.
   */
  constructor(session, scope, steps) {
    super(session, scope);
    this.steps = steps;
  }

  /**
   * @override
   * @param {Step} step
   */
  find(step) {
    return new WebKitLocator(this.session, this.scope, [...this.steps, step]);
  }

  first() {
    return this.nth(0);
  }

  last() {
    return this.nth(-1);
  }

  /** @param {number} index Negative values count from the end. */
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

  /** @returns {Promise<boolean>} Also false if there is none. */
  async isVisible() {
    return (await this.#look('return found.some(corralQueries.isVisible)')) ?? false;
  }

  /** @returns {Promise<string[]>} */
  async allInnerTexts() {
    return (await this.#look('return found.map((element) => element.innerText)')) ?? [];
  }

  /** @returns {Promise<string[]>} Includes text that is not drawn. */
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
    const isSo = async () => (await this.isVisible()) === (state === 'visible');
    await until(isSo, timeout, () => `${this.#name} to be ${state}`);
  }

  /** A real mouse click in the middle of the element. */
  async click() {
    await this.#whenThere(async (reference) => {
      try {
        await this.#send(`/element/${reference[elementKey]}/click`, {});
      } catch (error) {
        // The driver scrolls only as far as needed: a sticky bar may still cover the element.
        const toMiddle = "arguments[0].scrollIntoView({ block: 'center' })";
        if (isPassing(error)) await this.session.run(this.scope, toMiddle, [reference]);
        throw error;
      }
    });
  }

  async focus() {
    await this.evaluate((element) => /** @type {HTMLElement} */ (element).focus());
  }

  async blur() {
    await this.evaluate((element) => /** @type {HTMLElement} */ (element).blur());
  }

  /** Checks the control by keyboard: the visible part may be its label. */
  async check() {
    if (await this.isChecked()) return;
    await this.press(' ');
    await until(
      () => this.isChecked(),
      actionLimitMs,
      () => `${this.#name} to be checked`,
    );
  }

  /**
   * Replaces the field's text.
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
   * Types real keys with the focus on the element.
   * @param {string} keys A key's name, or text.
   */
  async press(keys) {
    const text = charactersOf(keys);
    await this.#whenThere(({ [elementKey]: id }) => this.#send(`/element/${id}/value`, { text }));
  }

  /** @param {string} label An option's. */
  async selectOption(label) {
    await this.find({ by: 'css', selector: 'option' })
      .filter({ hasText: new RegExp(`^${matching(label).source}$`) })
      .click();
  }

  /** @param {string} path The path of a file on this machine, for a file input. */
  async setInputFiles(path) {
    await this.press(path);
  }

  get #name() {
    return JSON.stringify(this.steps);
  }

  /**
   * @param {string} path
   * @param {object} body
   */
  #send(path, body) {
    return this.session.send(this.scope, 'POST', path, body);
  }

  /**
   * @param {string} work Runs in the page, with the current elements in `found`.
   * @returns {Promise<any>} Undefined if the page or the frame has gone meanwhile.
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
   * @param {(reference: any) => Promise<T>} work Repeated while the element is missing or covered.
   * @returns {Promise<T>}
   */
  async #whenThere(work) {
    /** @type {T} */
    let result;
    /** @type {unknown} */
    let problem = null;
    const isDone = async () => {
      const found = (await this.#look('return found')) ?? [];
      if (found.length > 1) problem = `there are ${found.length}`;
      if (found.length !== 1) return false;
      try {
        result = await work(found[0]);
        return true;
      } catch (error) {
        if (!isPassing(error)) throw error;
        problem = error;
        return false;
      }
    };
    const describe = () => (problem === null ? this.#name : `${this.#name}: ${problem}`);
    await until(isDone, actionLimitMs, describe);
    // @ts-expect-error It has a value, or until() has thrown.
    return result;
  }
}
