// A chat on which a page hung or crashed is not opened automatically the next time.
import { App } from './app.ts';
import { chatOf, Chats } from './chats.ts';
import { chromiumOnly, expect, test } from './test.ts';

const crashes = chromiumOnly('No page of Firefox that BiDi may open crashes it');

test(
  'a chat that hung while it opened is not reopened automatically',
  crashes,
  async ({ page, context }) => {
    await new App(page).open();
    const chats = new Chats(page);
    await chats.imports([chatOf(['A heavy chat', 'It has an answer.'], { id: 'heavy' })]);
    await chats.link('A heavy chat').click();
    await expect(new App(page).answers).toHaveText([/It has an answer/]);

    // Opened again, it is never fully drawn, and the page crashes.
    await page.addInitScript(() => (window.requestAnimationFrame = () => 0));
    await page.reload();
    await expect(new App(page).answers).toHaveText([/It has an answer/]);
    await page.waitForTimeout(2500); // until the mark no longer counts as another tab's
    const crashed = page.waitForEvent('crash');
    void page.goto('chrome://crash').catch(() => {}); // it never arrives
    await crashed;

    const next = await new App(await context.newPage()).open();
    await expect(next.page.getByText('Your last chat was not reopened')).toBeVisible();
    await expect(next.answers).toHaveCount(0);
    await next.page.getByRole('button', { name: 'Open it anyway' }).click();
    await expect(next.answers).toHaveText([/It has an answer/]);
    await next.page.reload();
    await expect(next.answers).toHaveText([/It has an answer/]);
  },
);
