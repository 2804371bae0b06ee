// How fast ten thousand chats are listed and searched, a chat of a thousand messages opens, and a key appears
// in it; needs a build.
import { openApp } from '../../scripts/app-session.mjs';
import { say } from '../../scripts/entry-point.mjs';
import { timeHistory, timeLongChat, timeSearches } from './history-speed.mjs';
import { measureKeys } from './key-speed.mjs';
import { counts, storeManyChats } from './many-chats.mjs';
import { median, round } from './statistics.mjs';

const rounds = 3;

/** Milliseconds. */
export const limits = {
  history_open_ms: 150,
  search_ms: 100,
  search_first_ms: 100,
  conversation_open_ms: 200,
  key_ms: 16,
};

/** @returns {Promise<Record<string, number>>} */
export async function measure() {
  const session = await openApp();
  try {
    const { page } = session;
    say(`Storing ${counts.chats} chats …`);
    await storeManyChats(page);
    const list_rebuild_ms = await timeRebuild(page);
    /** @type {number[]} */
    const history = [];
    for (let index = 0; index < rounds; index += 1) history.push(await timeHistory(page));
    const { buildMs, firstMs, times } = await timeSearches(page);
    const conversation_open_ms = await timeLongChat(page);
    const keys = await measureKeys(page);
    return {
      chats: counts.chats,
      history_open_ms: round(median(history)),
      search_ms: round(Math.max(...times)),
      search_first_ms: round(firstMs),
      search_build_ms: round(buildMs),
      conversation_open_ms: round(conversation_open_ms),
      ...keys,
      list_rebuild_ms,
    };
  } finally {
    await session.close();
  }
}

/**
 * The first start after chats were stored without their list.
 * @param {import('playwright').Page} page
 */
async function timeRebuild(page) {
  const startMs = performance.now();
  await page.reload();
  await page.getByRole('list', { name: 'Chats' }).getByRole('link').first().waitFor();
  return Math.round(performance.now() - startMs);
}
