/**
 * Stores a conversation for a page to open: texts for which a model would need minutes, or that it would never
 * write. The only place in the tests that knows the stored form of conversations.
 */
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { quietPage } from './home.ts';

/** Opens the app on a conversation with these answers, of which the last one is in view. */
export async function openWithAnswers(
  page: Page,
  texts: readonly string[],
  url?: string,
): Promise<App> {
  // To open the app twice would take longer.
  await page.goto(`${url ?? '/'}${quietPage}`);
  await page.evaluate(store, conversationOf(texts));
  const app = await new App(page).open(url);
  await app.answers.last().waitFor();
  return app;
}

const recordId = 'stored-by-a-test';

function conversationOf(texts: readonly string[]) {
  const turns = texts.flatMap((text, index) => [
    { role: 'user', id: `question-${index}`, text: `Question ${index + 1}`, atMs: index },
    {
      role: 'assistant',
      id: `answer-${index}`,
      text,
      atMs: index,
      modelId: 'smollm2-135m-instruct-q4_1',
      state: 'done',
    },
  ]);
  return { schema: 1, id: recordId, createdMs: 0, turns, pinned: '' };
}

/** Runs in a page of the app's origin. */
function store(record: { id: string }) {
  return new Promise<void>((resolve, reject) => {
    const opening = indexedDB.open('corral-conversations');
    opening.onupgradeneeded = () => opening.result.createObjectStore('records');
    opening.onerror = () => reject(new Error('no database'));
    opening.onsuccess = () => {
      const transaction = opening.result.transaction('records', 'readwrite');
      const records = transaction.objectStore('records');
      records.put(record, `conversation:${record.id}`);
      records.put(record.id, 'current');
      transaction.oncomplete = () => {
        opening.result.close();
        resolve();
      };
    };
  });
}

/** Whether the words of a text, as drawn, are in the stored conversations. */
export function isStored(page: Page, text: string): Promise<boolean> {
  return page.evaluate(
    (wanted) =>
      new Promise<boolean>((resolve, reject) => {
        const opening = indexedDB.open('corral-conversations');
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const reading = opening.result.transaction('records').objectStore('records').getAll();
          reading.onsuccess = () => {
            opening.result.close();
            const wordsOf = (text: string) => text.replaceAll(/[^\p{L}\p{N}]/gu, '');
            // Each on its own: a text that ends within a word would continue in the name of the next one.
            const textsIn = (value: unknown): string[] =>
              typeof value === 'string'
                ? [value]
                : Object.values(value && typeof value === 'object' ? value : {}).flatMap(textsIn);
            const isIn = (text: string) => wordsOf(text).includes(wordsOf(wanted));
            resolve(textsIn(reading.result).some(isIn));
          };
        };
      }),
    text,
  );
}
