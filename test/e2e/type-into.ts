import type { Locator } from 'playwright/test';

/**
 * Replaces a field's text by typing, so that leaving the field fires `change` in every browser. Firefox treats
 * filled text as set by the page, and appends it in a number field.
 */
export async function typeInto(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a');
  await field.press('Delete');
  await field.pressSequentially(text);
}
