// Finds elements as a person names them; runs in the page, after @testing-library/dom.
(() => {
  const { getNodeText, queryAllByLabelText, queryAllByRole } = globalThis.TestingLibraryDom;

  const matcher = ({ source, flags }) => new RegExp(source, flags);
  const isVisible = (element) =>
    element.checkVisibility({ visibilityProperty: true, contentVisibilityAuto: true });
  const oneLine = (text) => text.replace(/\s+/g, ' ').trim();

  /** Each takes one element in which to look, and the step's data. */
  const finders = {
    role: (root, { role, name, level, checked }) =>
      queryAllByRole(root, role, {
        ...(name && { name: matcher(name) }),
        ...(level !== undefined && { level }),
        ...(checked !== undefined && { checked }),
      }).filter(isVisible),
    label: (root, { text }) => queryAllByLabelText(root, matcher(text)),
    text: (root, { text }) =>
      [...root.querySelectorAll('*')].filter((element) => {
        if (element.matches('script, style, title')) return false;
        const isMatch = (one) => matcher(text).test(oneLine(one));
        if (isMatch(getNodeText(element))) return true;
        // The text may be in several elements: then the smallest one that has all of it.
        return (
          isMatch(element.textContent) &&
          ![...element.children].some((child) => isMatch(child.textContent))
        );
      }),
    css: (root, { selector }) => [...root.querySelectorAll(selector)],
  };

  /** Each takes all elements that the steps before found. */
  const pickers = {
    nth: (found, { index }) => [found.at(index)].filter(Boolean),
    filter: (found, { hasText, has }) =>
      found.filter(
        (element) =>
          (!hasText || matcher(hasText).test(oneLine(element.textContent))) &&
          (!has || resolve(has, element).length > 0),
      ),
    or: (found, { steps }) => {
      const all = new Set([...found, ...resolve(steps)]);
      const inOrder = (a, b) => (a.compareDocumentPosition(b) & 4 ? -1 : 1);
      return [...all].sort(inOrder);
    },
    and: (found, { steps }) => {
      const others = new Set(resolve(steps));
      return found.filter((element) => others.has(element));
    },
  };

  function resolve(steps, root = document) {
    let found = [root];
    for (const step of steps) {
      const pick = pickers[step.by];
      found = pick
        ? pick(found, step)
        : [...new Set(found.flatMap((element) => finders[step.by](element, step)))];
    }
    return found;
  }

  const errors = [];
  addEventListener('error', ({ message, filename, lineno }) =>
    errors.push(`${message} (${filename}:${lineno})`),
  );
  addEventListener('unhandledrejection', ({ reason }) => errors.push(String(reason)));

  globalThis.corralQueries = { resolve, isVisible, errors };
})();
