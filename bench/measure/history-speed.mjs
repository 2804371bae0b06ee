// How long the list of chats, a search and a long chat take to appear.
import { oneTitle, rareWord } from './many-chats.mjs';
import { median } from './statistics.mjs';

/** @typedef {import('playwright').Page} Page */

const phone = { width: 390, height: 780 };
const desktop = { width: 1280, height: 720 };
const firstSearches = 3;

/**
 * From the tap on "Chats" to a list of chats, on a new page.
 * @param {Page} page
 */
export async function timeHistory(page) {
  await page.setViewportSize(phone);
  await page.reload();
  const button = page.getByRole('button', { name: 'Chats', exact: true });
  await button.waitFor();
  await settle(page);
  return timed(page, 'button[aria-label="Chats"]', 'dialog[open] li a');
}

/**
 * From a query to its complete result: rare, common and absent words, and several words; first directly after
 * the field got the focus, then with all words in memory. The very first search reads every chat, and stores the words.
 * @param {Page} page On a wide screen, with the list shown.
 */
export async function timeSearches(page) {
  await page.setViewportSize(desktop);
  await openList(page);
  const buildMs = await timeSearch(page, rareWord);
  // The words are stored after the result is shown.
  await settle(page);
  /** @type {number[]} */
  const firsts = [];
  for (let index = 0; index < firstSearches; index += 1) {
    await openList(page);
    firsts.push(await timeSearch(page, rareWord));
  }
  const queries = [rareWord, 'llama', 'zebra', 'bread winter', 'e'];
  const times = [];
  for (const query of queries) {
    await page.getByRole('searchbox').fill('');
    await page.getByRole('list', { name: 'Chats' }).waitFor();
    times.push(await timeSearch(page, query));
  }
  await page.getByRole('searchbox').fill('');
  return { buildMs, firstMs: median(firsts), times };
}

/** Starts the page anew. @param {Page} page */
async function openList(page) {
  await page.reload();
  await page.getByRole('list', { name: 'Chats' }).getByRole('link').first().waitFor();
  await settle(page);
}

/** @param {Page} page @param {string} query */
function timeSearch(page, query) {
  return page.evaluate(
    (text) =>
      new Promise((resolve) => {
        const field = /** @type {HTMLInputElement} */ (document.querySelector('[type="search"]'));
        field.focus();
        const startMs = performance.now();
        field.value = text;
        field.dispatchEvent(new Event('input', { bubbles: true }));
        const look = () => {
          const words = document.querySelector('nav p[role="status"]')?.textContent ?? '';
          const isComplete = /found/.test(words) && !/Searching/.test(words);
          if (!isComplete) return void requestAnimationFrame(look);
          requestAnimationFrame(() => resolve(performance.now() - startMs));
        };
        look();
      }),
    query,
  );
}

/**
 * From the click on a chat of a thousand messages to its end on the screen.
 * @param {Page} page As `timeSearches` leaves it.
 */
export async function timeLongChat(page) {
  await page.getByRole('list', { name: 'Chats' }).getByRole('link').nth(3).click();
  await page.getByRole('article', { name: 'Answer' }).first().waitFor();
  await settle(page);
  return timed(page, `a[title="${oneTitle}"]`, '[data-turn="chat-0-999"]');
}

/**
 * Milliseconds from a click on an element until another one was painted.
 * @param {Page} page
 * @param {string} clicked A selector.
 * @param {string} wanted A selector.
 * @returns {Promise<number>}
 */
function timed(page, clicked, wanted) {
  return page.evaluate(
    ([target = '', result = '']) =>
      new Promise((resolve) => {
        const element = [...document.querySelectorAll(target)].find(
          (one) => one instanceof HTMLElement && one.offsetParent !== null,
        );
        const startMs = performance.now();
        /** @type {HTMLElement} */ (element).click();
        const look = () => {
          if (!document.querySelector(result)) return void requestAnimationFrame(look);
          requestAnimationFrame(() => resolve(performance.now() - startMs));
        };
        look();
      }),
    [clicked, wanted],
  );
}

/** Until a page that was just opened has done what it does at its start. @param {Page} page */
const settle = (page) => page.waitForTimeout(2000);
