/** Assertions on WebKit's locators, which wait as Playwright's own do. */
import { expect } from 'playwright/test';
import type { WebKitLocator } from '../../scripts/webkit/locator.mjs';

/** Polls until the elements' text, all together, is as it should be. */
export async function shows(
  locator: WebKitLocator,
  text: string | RegExp,
  { timeout = 20_000 }: { timeout?: number } = {},
): Promise<void> {
  const read = async () => (await locator.allTextContents()).join('\n').replaceAll(/\s+/g, ' ');
  const polled = expect.poll(read, { timeout });
  if (typeof text === 'string') await polled.toContain(text);
  else await polled.toMatch(text);
}

/** Polls until so many elements are there. */
export async function counts(locator: WebKitLocator, number: number): Promise<void> {
  await expect.poll(() => locator.count(), { timeout: 20_000 }).toBe(number);
}
