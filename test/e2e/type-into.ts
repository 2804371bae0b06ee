import type { Locator } from 'playwright/test';

/**
 * Types in place of what stands in a field, so that leaving it is a change in every browser. Firefox takes a text that
 * is filled in at once for one that the page has set, and adds it to what stands in a field of numbers.
 */
export async function typeInto(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a');
  await field.press('Delete');
  await field.pressSequentially(text);
}
