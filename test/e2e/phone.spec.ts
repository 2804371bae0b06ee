// A phone: fingers, a screen keyboard, and little room.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { expect, test } from './test.ts';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

test('Enter adds a line on an on-screen keyboard, and the button sends', async ({ page }) => {
  const app = await new App(page).open();
  await app.composer.tap();
  await expect(app.composer).toHaveAttribute('enterkeyhint', 'enter');
  await page.keyboard.type('What is the capital');
  await page.keyboard.press('Enter');
  await page.keyboard.type('of France?');
  await expect(app.composer).toHaveValue('What is the capital\nof France?');
  await app.send.tap();
  await expect((await app.lastAnswer()).text).toContainText('Paris');

  // A physical keyboard: its first special key shows it.
  await app.composer.tap();
  await page.keyboard.press('Shift');
  await expect(app.composer).toHaveAttribute('enterkeyhint', 'send');
  await app.composer.fill('And of Italy?');
  await page.keyboard.press('Enter');
  await expect(app.answers).toHaveCount(2);
  await app.current().ended();
});

const small = (page: Page) =>
  page.evaluate(() =>
    [...document.querySelectorAll('input, textarea, select')]
      .filter((field) => field.checkVisibility())
      .filter((field) => parseFloat(getComputedStyle(field).fontSize) < 16)
      .map((field) => field.outerHTML),
  );

test('no field has text so small that an iPhone zooms in', async ({ page }) => {
  const app = await new App(page).open();
  await page.getByRole('button', { name: /^Pin/ }).tap();
  await expect(page.getByRole('textbox', { name: 'Pinned instruction' })).toBeVisible();
  expect(await small(page)).toEqual([]);
  await page.getByRole('button', { name: 'Done' }).tap();
  await page.getByRole('button', { name: 'Date for this question' }).tap();
  await expect(page.getByRole('textbox', { name: 'Date for this question' })).toBeVisible();
  expect(await small(page)).toEqual([]);
  await page.getByRole('button', { name: 'Chats', exact: true }).tap();
  await expect(page.getByRole('searchbox')).toBeVisible();
  expect(await small(page)).toEqual([]);
  await page.getByRole('button', { name: 'Close the list of chats' }).tap();
  await page.getByRole('button', { name: /^This chat/ }).tap();
  for (const more of await page.locator('dialog[open] summary').all()) await more.tap();
  expect(await small(page)).toEqual([]);
  await page.getByRole('button', { name: 'Close', exact: true }).tap();
  await app.modelsButton.tap();
  for (const more of await page.locator('dialog[open] summary').all()) await more.tap();
  expect(await small(page)).toEqual([]);
});

test('the message field stays above an on-screen keyboard', async ({ page }) => {
  // As in Safari: only the visual viewport shrinks.
  await page.addInitScript(() => {
    let height: number | null = null;
    const own = Object.getOwnPropertyDescriptor(VisualViewport.prototype, 'height')!;
    Object.defineProperty(VisualViewport.prototype, 'height', {
      get(this: VisualViewport) {
        return height ?? (Reflect.apply(own.get!, this, []) as number);
      },
    });
    Object.assign(globalThis, {
      coverWithKeyboard: (pixels: number) => {
        height = pixels === 0 ? null : innerHeight - pixels;
        visualViewport?.dispatchEvent(new Event('resize'));
      },
    });
  });
  const cover = (pixels: number) =>
    page.evaluate((pixels) => {
      (globalThis as unknown as { coverWithKeyboard(pixels: number): void }).coverWithKeyboard(
        pixels,
      );
    }, pixels);
  const app = await new App(page).open();
  const bottom = async () => {
    const box = await app.composer.boundingBox();
    return box ? box.y + box.height : NaN;
  };
  await cover(336);
  await expect.poll(bottom).toBeLessThan(844 - 336);
  await app.modelsButton.click();
  const close = app.models.getByRole('button', { name: 'Close' });
  await expect
    .poll(async () => {
      const box = await close.boundingBox();
      return box ? box.y + box.height : NaN;
    })
    .toBeLessThan(844 - 336);
  await close.click();
  await cover(0);
  await expect.poll(bottom).toBeGreaterThan(844 - 200);
});

test('the pinned instruction’s fields are as wide as the message field', async ({ page }) => {
  await new App(page).open();
  await page.getByRole('button', { name: /^Pin/ }).tap();
  const panel = page.getByRole('group', { name: 'Pin an instruction' });
  const lacking = () =>
    panel.evaluate((group) => {
      const row = group.closest('form')?.clientWidth ?? NaN;
      return Math.max(row - group.clientWidth, group.scrollWidth - group.clientWidth);
    });
  // Borders.
  await expect.poll(lacking).toBeLessThan(4);
});
