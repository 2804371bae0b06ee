import type { Page } from 'playwright/test';
import { canary, xssPayloads } from '../fixtures/xss-payloads.ts';
import { openWithAnswers } from './stored-conversation.ts';
import { expect, test } from './test.ts';

test.use({ profile: 'with-model' });

/** Everything that an answer may contain. */
const allowed = new Set(
  `bdi blockquote br code dialog div em h2 h3 h4 h5 h6 hr li ol p path pre s span strong svg table tbody
  td th thead tr ul button
  math mrow mi mn mo ms mtext mspace mfrac msqrt mroot mstyle merror mpadded mphantom msub msup
  msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd`.split(/\s+/),
);

interface Trespasses {
  readonly executed: string[];
  readonly requests: string[];
  readonly policy: string[];
  readonly dialogs: string[];
}

/** From before the page's first script. */
async function watch(page: Page, baseUrl: string): Promise<Trespasses> {
  const seen: Trespasses = { executed: [], requests: [], policy: [], dialogs: [] };
  await page.exposeFunction(canary, (value: unknown) => seen.executed.push(String(value)));
  page.context().on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (protocol !== 'blob:' && origin !== new URL(baseUrl).origin)
      seen.requests.push(request.url());
  });
  page.on('console', (message) => {
    if (/Content Security Policy/.test(message.text())) seen.policy.push(message.text());
  });
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  page.on('popup', (popup) => seen.requests.push(`popup ${popup.url()}`));
  return seen;
}

/** Runs in the page: everything in the answers that is not on the list, or could carry code or style. */
function faultsOfAnswers(allowed: readonly string[]): readonly string[] {
  const faults: string[] = [];
  for (const answer of document.querySelectorAll('article[aria-label="Answer"]')) {
    for (const element of answer.querySelectorAll('[data-part="text"] *')) {
      const name = element.localName;
      if (!allowed.includes(name)) faults.push(`<${name}>`);
      for (const { name: attribute, value } of element.attributes) {
        if (/^on|^style$|^src|^srcset$|^action|^formaction$|^ping$|^id$|^name$/i.test(attribute)) {
          faults.push(`<${name} ${attribute}="${value}">`);
        }
        const isAddress = attribute === 'href' || attribute.endsWith(':href');
        if (isAddress) faults.push(`href="${value}"`);
      }
    }
  }
  return faults;
}

test('shows an XSS corpus of at least 100 answers, and executes none of it', async ({
  page,
  baseURL,
}) => {
  expect(new Set(xssPayloads).size).toBeGreaterThanOrEqual(100);
  const trespasses = await watch(page, baseURL ?? '');
  const app = await openWithAnswers(page, xssPayloads);
  await app.drawAll();
  await expect(app.answers).toHaveCount(xssPayloads.length);
  for (const answer of await app.answers.all()) {
    await answer.scrollIntoViewIfNeeded();
    // Drawn as markdown: the plain text before proves nothing.
    await expect(answer.locator('[data-part="text"] > .group')).not.toHaveCount(0);
  }
  // A formula that is still being set is shown invisibly.
  await expect(page.locator('[data-part="text"] .waiting')).toHaveCount(0, { timeout: 60_000 });
  expect(await page.evaluate(faultsOfAnswers, [...allowed])).toEqual([]);
  expect(trespasses).toEqual({ executed: [], requests: [], policy: [], dialogs: [] });
});

test('executes none of the corpus when everything is clicked, hovered and focused', async ({
  page,
  baseURL,
}) => {
  const trespasses = await watch(page, baseURL ?? '');
  await openWithAnswers(page, [xssPayloads.join('\n\n')]);
  const answer = page.locator('[data-part="text"]');
  await expect(answer.locator('.group').first()).toBeVisible();
  await expect(answer.locator('.waiting')).toHaveCount(0, { timeout: 60_000 });
  const links = answer.getByRole('link');
  await expect(links).not.toHaveCount(0);
  for (const link of await links.all()) {
    await link.hover();
    await link.click();
    const dialog = page.getByRole('dialog', { name: 'Open this link?' });
    await expect(dialog).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
  }
  for (let step = 0; step < 40; step++) await page.keyboard.press('Tab');
  expect(await page.evaluate(faultsOfAnswers, [...allowed])).toEqual([]);
  expect(trespasses).toEqual({ executed: [], requests: [], policy: [], dialogs: [] });
});
