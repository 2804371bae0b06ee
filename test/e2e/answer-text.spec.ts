// How an answer is read and copied: the direction of its blocks, and a copy of it as it is shown.
import type { Page } from 'playwright/test';
import { openWithAnswers } from './stored-conversation.ts';
import { expect, test } from './test.ts';

const text = (page: Page) => page.locator('[data-part="text"]').last();

const directionOf = (page: Page, selector: string) =>
  text(page)
    .locator(selector)
    .evaluateAll((elements) =>
      elements.map((element) => {
        const { direction, textAlign, unicodeBidi } = getComputedStyle(element);
        return { direction, textAlign, unicodeBidi };
      }),
    );

test('shows each block in its own direction, and code from left to right', async ({ page }) => {
  const answer = [
    'اكتب `x[0]` هكذا:',
    '```python\nprint("a", x[0]);\n```',
    '- أولا\n- second',
    '| الاسم | السعر |\n|:--|--:|\n| شاي | 5 |',
    'An English paragraph.',
  ].join('\n\n');
  await openWithAnswers(page, [answer]);
  await expect(text(page).getByRole('table')).toBeVisible();
  const directions = async (selector: string) =>
    (await directionOf(page, selector)).map(({ direction }) => direction);
  expect(await directions('.group > p')).toEqual(['rtl', 'ltr']);
  expect(await directions('li')).toEqual(['rtl', 'ltr']);
  expect(await directions('table')).toEqual(['rtl']);
  for (const code of await directionOf(page, 'code, pre')) {
    expect(code).toMatchObject({ direction: 'ltr' });
  }
  expect(await directionOf(page, 'p code')).toEqual([
    expect.objectContaining({ direction: 'ltr', unicodeBidi: 'isolate' }),
  ]);
  expect((await directionOf(page, 'td')).map(({ textAlign }) => textAlign)).toEqual([
    'left',
    'right',
  ]);
  // The mark of a right-to-left item is on the right, inside the answer.
  const [first, second] = await text(page)
    .locator('li')
    .evaluateAll((items) => {
      const list = items[0]?.parentElement?.getBoundingClientRect();
      return items.map((item) => {
        const box = item.getBoundingClientRect();
        return { left: box.left - (list?.left ?? 0), right: (list?.right ?? 0) - box.right };
      });
    });
  expect(first?.right).toBeGreaterThan(15);
  expect(first?.left).toBe(0);
  expect(second?.left).toBeGreaterThan(15);
});

const seen = [
  '1. First\n2. Second\n   - *under*\n7. Seventh',
  'So $\\frac{1}{2}$ and $x^2$\nhere.',
  '```js\nlet a = 1;\n\nlet b;\n```',
  '- [x] done\n- [ ] open',
  '| a | b |\n|---|---|\n| 1 | 2 |',
].join('\n\n');
const copied = [
  '1. First\n2. Second\n   • under\n7. Seventh',
  'So 1/2 and x²\nhere.',
  'let a = 1;\n\nlet b;',
  '☑ done\n☐ open',
  'a\tb\n1\t2',
].join('\n\n');

test('copies an answer as shown, by its button and by a selection', async ({ page }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await openWithAnswers(page, [seen]);
  await expect(text(page).locator('math')).toHaveCount(2);
  const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
  const answer = page.getByRole('article', { name: 'Answer' });
  await answer.hover();
  await answer.getByRole('button', { name: 'Copy', exact: true }).click();
  await expect.poll(clipboard).toBe(copied);
  await page.evaluate(() => navigator.clipboard.writeText(''));
  await text(page).evaluate((element) => getSelection()?.selectAllChildren(element));
  await page.keyboard.press('Control+C');
  await expect.poll(clipboard).toBe(copied);
});

test('folds thoughts, opens them by keyboard, and leaves them out of a copy', async ({ page }) => {
  const app = await openWithAnswers(page, ['<think>\nAn easy sum.\n</think>\n\nIt is **4**.']);
  const [answer, thoughts] = [app.answers.last(), page.getByText('An easy sum.')];
  await expect(answer).toContainText('It is 4.');
  await expect(thoughts).toBeHidden();
  await answer.getByText('Thoughts', { exact: true }).focus();
  await page.keyboard.press('Enter');
  await expect(thoughts).toBeVisible();
  await expect(text(page)).toHaveText('It is 4.');
});
