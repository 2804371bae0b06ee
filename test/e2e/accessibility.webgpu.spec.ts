// Every screen, in both themes: axe finds nothing.
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { expect, test, testWith } from './test.ts';

/** axe's violations, with their places. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}

/** Waits for animations: a half-drawn element has too little contrast. */
async function hasNoViolations(page: Page, screen: string): Promise<void> {
  await expect.poll(() => violations(page), { message: screen }).toEqual([]);
}

const dialogs: readonly { name: string; open: (page: Page) => Promise<void> }[] = [
  { name: 'Models', open: (page) => page.getByRole('button', { name: /^Models:/ }).click() },
  { name: 'Privacy', open: (page) => page.getByRole('button', { name: 'How do I know?' }).click() },
  { name: 'Settings', open: (page) => page.getByRole('button', { name: 'Settings' }).click() },
  { name: 'Keyboard', open: (page) => page.keyboard.press('?') },
  {
    name: 'Llama 2 Community License',
    open: (page) => page.getByRole('button', { name: /^Get Llama 2/ }).click(),
  },
];

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test.use({ colorScheme });

    test('the first visit and every dialog', async ({ page }) => {
      await new App(page).open();
      await page.getByRole('button', { name: /^Get Llama 2/ }).waitFor();
      await hasNoViolations(page, 'first visit');
      for (const { name, open } of dialogs) {
        await open(page);
        await expect(page.getByRole('dialog', { name })).toBeVisible();
        await hasNoViolations(page, name);
        await page.keyboard.press('Escape');
        await expect(page.getByRole('dialog', { name })).toBeHidden();
      }
    });

    testWith('Cria')('a conversation, with an answer and with an error', async ({ app, page }) => {
      await page.emulateMedia({ colorScheme });
      await expect((await app.ask('What is the capital of France?')).text).toHaveText('Paris.');
      await (await app.ask('apples '.repeat(600))).failsWith('context-overflow');
      await hasNoViolations(page, 'conversation');
      await page.emulateMedia({ colorScheme: null });
    });
  });
}
