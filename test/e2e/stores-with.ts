/** Looks for a text in all that the page's origin keeps. */
import type { Page } from 'playwright/test';

/** What of IndexedDB and localStorage has the text in it. Models are too large to hold any. */
export function storesWith(page: Page, text: string): Promise<string[]> {
  return page.evaluate(async (text) => {
    const result = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(new Error('cannot be read'));
      });
    const found = Object.values(localStorage).some((value) => String(value).includes(text))
      ? ['localStorage']
      : [];
    for (const { name = '' } of await indexedDB.databases()) {
      if (name === 'corral-weights') continue;
      const database = await result(indexedDB.open(name));
      for (const store of database.objectStoreNames) {
        const all = await result(database.transaction(store).objectStore(store).getAll());
        if (JSON.stringify(all).includes(text)) found.push(`${name}/${store}`);
      }
      database.close();
    }
    return found;
  }, text);
}
