/** Looks for a text in everything that the page's origin stores. */
import type { Page } from 'playwright/test';

/** The places in IndexedDB and localStorage that contain the text. Models are skipped for their size. */
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
