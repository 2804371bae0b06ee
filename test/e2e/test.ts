/** Playwright's `test`, for which an error that nobody caught in a page is a failure, whatever the page shows. */
import { expect, test as base } from 'playwright/test';

export { expect };

export const test = base.extend<{ uncaughtErrors: string[] }>({
  /** What the context's pages threw so far; a test that means a page to throw takes it out again. */
  uncaughtErrors: [
    async ({ context }, use) => {
      const errors: string[] = [];
      context.on('weberror', (error) => {
        const { message, stack } = error.error();
        // Firefox reports what the policy blocks in the same way, which tests mean, or Playwright does.
        if (stack?.startsWith('Content-Security-Policy: ')) return;
        errors.push(`${error.page()?.url()}: ${stack ?? message}`);
      });
      await use(errors);
      expect(errors).toEqual([]);
    },
    { auto: true },
  ],
});

/** For a test's details: it runs in Chromium alone, because of what the reason says of other browsers. */
export function chromiumOnly(reason: string) {
  return { tag: chromiumTag, annotation: { type: 'Chromium only', description: reason } };
}

/** The projects of other browsers leave out what has it. */
export const chromiumTag = '@chromium';
