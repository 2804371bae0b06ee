import type { Locator } from 'playwright/test';

/** Of a long text, only so much at its end goes key by key: each takes ten milliseconds and more. */
const typedCharacters = 20;

/**
 * Replaces a field's text by typing, so that leaving the field fires `change` in every browser. Firefox treats
 * filled text as set by the page, and appends it in a number field.
 */
export async function typeInto(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a');
  await field.press('Delete');
  if (text.length > typedCharacters) {
    await field.fill(text.slice(0, -typedCharacters));
    await field.press('ControlOrMeta+End');
  }
  await field.pressSequentially(text.slice(-typedCharacters));
}
