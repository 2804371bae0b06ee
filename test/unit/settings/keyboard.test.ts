import { describe, expect, it } from 'vitest';
import { isComposing, isOfRealKeyboard, typesOnScreen } from '../../../src/core/settings/keyboard';

describe('a key that an input method handles', () => {
  it('is detected by the event, and in Safari by the old key code alone', () => {
    expect(isComposing({ isComposing: true, keyCode: 13 })).toBe(true);
    expect(isComposing({ isComposing: false, keyCode: 229 })).toBe(true);
    expect(isComposing({ isComposing: false, keyCode: 13 })).toBe(false);
  });
});

describe('typing on the screen', () => {
  const phone = { isMobile: true, isCoarse: true, hasFine: false, hasKeyboard: false };
  const laptop = { isMobile: false, isCoarse: false, hasFine: true, hasKeyboard: false };

  it.each([
    ['a phone', phone, true],
    ['a phone that says it has a mouse', { ...phone, hasFine: true }, true],
    ['a tablet with a keyboard', { ...phone, hasKeyboard: true }, false],
    ['a laptop', laptop, false],
    ['a touch laptop in Firefox', { ...laptop, isCoarse: true }, false],
    ['a screen without anything else', { ...phone, isMobile: false }, true],
  ])('is usual on %s: %j, %s', (_, device, expected) => {
    expect(typesOnScreen(device)).toBe(expected);
  });

  it('ends with the first key of a physical keyboard', () => {
    for (const key of ['Shift', 'Control', 'Meta', 'Escape', 'F5']) {
      expect(isOfRealKeyboard(key)).toBe(true);
    }
    for (const key of ['a', 'Enter', 'Backspace', 'Unidentified', 'Process', 'Fine']) {
      expect(isOfRealKeyboard(key)).toBe(false);
    }
  });
});
