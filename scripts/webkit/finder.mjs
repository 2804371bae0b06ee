// Finds elements as Playwright's `getBy…` methods do. An element is looked up again at each use.

/** @typedef {{ source: string, flags: string }} Pattern A regular expression, sent to the page. */

/**
 * One part of a query; `queries.js` implements each kind.
 * @typedef {{ by: 'role', role: string, name: Pattern | undefined, level: number | undefined, checked: boolean |
 * undefined } | { by: 'label', text: Pattern } | { by: 'text', text: Pattern } | { by: 'css', selector: string } | {
 * by: 'nth', index: number } | { by: 'filter', hasText: Pattern | undefined, has: readonly Step[] | undefined } | { by:
 * 'or', steps: readonly Step[] } | { by: 'and', steps: readonly Step[] }} Step
 */

/**
 * @param {string | RegExp} text A string matches as a part and ignores case, unless `exact`.
 * @param {{ exact?: boolean | undefined }} [options]
 * @returns {Pattern}
 */
export function matching(text, { exact = false } = {}) {
  if (text instanceof RegExp) return { source: text.source, flags: text.flags };
  const source = text.replace(/\s+/g, ' ').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return exact ? { source: `^${source}$`, flags: '' } : { source, flags: 'i' };
}

/** The common part of pages and locators. */
export class Finder {
  /**
   * @param {import('./session.mjs').WebKitSession} session
   * @param {import('./session.mjs').Scope} scope
   */
  constructor(session, scope) {
    this.session = session;
    this.scope = scope;
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

  /**
   * @abstract
   * @param {Step} _step
   * @returns {import('./locator.mjs').WebKitLocator}
   */
  find(_step) {
    throw new Error('find() is not implemented');
  }
}
