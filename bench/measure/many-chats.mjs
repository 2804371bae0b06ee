// Fills a page's storage with ten thousand chats, as years of use would.

/** Two hundred are long, the others a few exchanges; one more is very long. */
export const counts = {
  chats: 10_000,
  longChats: 200,
  longTurns: 500,
  shortTurns: 6,
  oneTurns: 1000,
};

/** What the very long chat begins with, which no other does. */
export const oneTitle = 'The longest chat of all';

/** Stands in a single turn of the oldest chat. */
export const rareWord = 'xylophonist';

/**
 * Writes records as the app does, but no list of them: the app makes it at its next start.
 * @param {import('playwright').Page} page The app's, opened.
 */
export async function storeManyChats(page) {
  await page.evaluate(storeInPage, { counts, oneTitle, rareWord });
}

/** @param {{ counts: typeof counts, oneTitle: string, rareWord: string }} wanted */
async function storeInPage({ counts, oneTitle, rareWord }) {
  const words =
    'the llama walks over a hill and looks at sea when evening comes quietly with rain because nobody has told it that winter began early this year in these mountains where people bake bread before sunrise'.split(
      ' ',
    );
  let seed = 1;
  const random = () => {
    seed = (seed * 48271) % 2147483647;
    return seed / 2147483647;
  };
  /** @param {number} length */
  const text = (length) =>
    Array.from({ length }, () => words[Math.floor(random() * words.length)]).join(' ');
  const nowMs = Date.now();
  /** @param {number} index @param {number} turnCount @param {string} first */
  const chat = (index, turnCount, first) => {
    const id = `chat-${index}`;
    const atMs = nowMs - index * 3_600_000;
    const turns = Array.from({ length: turnCount }, (_, at) => ({
      id: `${id}-${at}`,
      parentId: at === 0 ? null : `${id}-${at - 1}`,
      atMs,
      ...(at % 2 === 0
        ? { role: 'user', text: at === 0 ? first : text(12) }
        : { role: 'assistant', text: text(45), modelId: 'smollm2-135m', state: 'done' }),
    }));
    const leafId = turns.at(-1)?.id ?? null;
    return { schema: 2, id, createdMs: atMs, turns, leafId, settings: { pinned: '' } };
  };
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open('corral-conversations');
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const step = 500;
  for (let from = 0; from < counts.chats; from += step) {
    await new Promise((resolve, reject) => {
      const transaction = database.transaction('records', 'readwrite');
      for (let index = from; index < from + step; index += 1) {
        const isLong = index % (counts.chats / counts.longChats) === 1;
        const isOldest = index === counts.chats - 1;
        const record =
          index === 0
            ? chat(index, counts.oneTurns, oneTitle)
            : chat(
                index,
                isLong ? counts.longTurns : counts.shortTurns,
                `${text(8)}${isOldest ? ` ${rareWord}` : ''}`,
              );
        transaction.objectStore('records').put(record, `conversation:${record.id}`);
      }
      transaction.oncomplete = () => resolve(undefined);
      transaction.onabort = () => reject(transaction.error);
    });
  }
}
