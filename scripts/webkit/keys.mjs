// Maps Playwright's key names to WebDriver's characters.

/** @type {Readonly<Record<string, string>>} Keys without a character of their own. */
const characters = {
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

/**
 * @param {string} key A key's name, or text.
 * @returns {string}
 */
export function charactersOf(key) {
  return characters[key] ?? key;
}

/**
 * @param {string} keys Such as "Escape", or "Control+k".
 * @returns {object[]} WebDriver's actions: keys go down in order, and up in reverse order.
 */
export function pressActions(keys) {
  const values = keys.split('+').map(charactersOf);
  const down = values.map((value) => ({ type: 'keyDown', value }));
  const up = values.toReversed().map((value) => ({ type: 'keyUp', value }));
  return [...down, ...up];
}
