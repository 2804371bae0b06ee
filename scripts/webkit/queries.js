// Finds elements by role, label or text; runs in the page, with @testing-library/dom.
(() => {
  /** @typedef {import('./finder.mjs').Step} Step */
  /** @typedef {import('./finder.mjs').Pattern} Pattern */

  /** @type {{ TestingLibraryDom: typeof import('@testing-library/dom') }} */
  const library = /** @type {any} */ (globalThis);
  const { getNodeText, queryAllByLabelText, queryAllByRole } = library.TestingLibraryDom;

  /** @param {Pattern} pattern */
  const regExp = ({ source, flags }) => new RegExp(source, flags);

  /**
   * @param {Pattern} pattern
   * @param {string | null} text
   */
  const matches = (pattern, text) => regExp(pattern).test((text ?? '').replace(/\s+/g, ' ').trim());

  /** @param {Element} element */
  const isVisible = (element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });

  /**
   * Matches the element's own text, or the text of the smallest element that contains all of it.
   * @param {Element} element
   * @param {Pattern} text
   */
  function hasText(element, text) {
    if (element.matches('script, style, title')) return false;
    if (matches(text, getNodeText(/** @type {HTMLElement} */ (element)))) return true;
    return (
      matches(text, element.textContent) &&
      ![...element.children].some((child) => matches(text, child.textContent))
    );
  }

  /**
   * @param {Step} step
   * @param {Element[]} found The elements of the steps before.
   * @returns {Element[]}
   */
  function take(step, found) {
    /** @param {(root: HTMLElement) => Element[]} look */
    const within = (look) => [
      ...new Set(found.flatMap((root) => look(/** @type {HTMLElement} */ (root)))),
    ];
    switch (step.by) {
      case 'role': {
        const { role, name, level, checked } = step;
        const wanted = {
          ...(name && { name: regExp(name) }),
          ...(level !== undefined && { level }),
          ...(checked !== undefined && { checked }),
        };
        return within((root) => queryAllByRole(root, role, wanted)).filter(isVisible);
      }
      case 'label':
        return within((root) => queryAllByLabelText(root, regExp(step.text)));
      case 'text':
        return within((root) =>
          [...root.querySelectorAll('*')].filter((element) => hasText(element, step.text)),
        );
      case 'css':
        return within((root) => [...root.querySelectorAll(step.selector)]);
      case 'nth': {
        const element = found.at(step.index);
        return element ? [element] : [];
      }
      case 'filter':
        return found.filter(
          (element) =>
            (!step.hasText || matches(step.hasText, element.textContent)) &&
            (!step.has || resolve(step.has, element).length > 0),
        );
      case 'or':
        return [...new Set([...found, ...resolve(step.steps)])].sort((one, other) =>
          one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1,
        );
      case 'and': {
        const others = new Set(resolve(step.steps));
        return found.filter((element) => others.has(element));
      }
    }
  }

  /**
   * @param {readonly Step[]} steps
   * @param {Element} root
   */
  function resolve(steps, root = document.documentElement) {
    return steps.reduce((found, step) => take(step, found), [root]);
  }

  /** @type {string[]} */
  const errors = [];
  /**
   * WebKit's stacks do not contain the message.
   * @param {unknown} thrown
   */
  const describe = (thrown) =>
    thrown instanceof Error ? `${thrown}\n${thrown.stack}` : String(thrown);
  addEventListener('error', ({ message, error }) => {
    // WebKit's notice of size changes that are reported in the next frame: not an error.
    if (message.startsWith('ResizeObserver loop')) return;
    errors.push(error ? describe(error) : message);
  });
  addEventListener('unhandledrejection', ({ reason }) => errors.push(describe(reason)));

  Object.assign(globalThis, { corralQueries: { resolve, isVisible, errors } });
})();
