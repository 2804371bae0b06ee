import type { Locator } from 'playwright/test';

/** Of a long text, only so much at its end goes key by key: each takes ten milliseconds and more. */
const typedCharacters = 20;

/**
 * Types in place of what stands in a field, so that leaving it is a change in every browser. Firefox takes a text that
 * is filled in at once for one that the page has set, and adds it to what stands in a field of numbers.
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
