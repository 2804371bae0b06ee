import type { Page } from 'playwright/test';

/** Changes one byte of the stored chunk whose key ends with this, as a failing disk would. */
export async function rot(page: Page, keyEnd: string) {
  await page.evaluate(async (end) => {
    const request = indexedDB.open('corral-weights');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const files = () => request.result.transaction('files', 'readwrite').objectStore('files');
    const listing = files().getAllKeys();
    await new Promise((resolve) => (listing.onsuccess = resolve));
    const chunkKey = listing.result.find((key) => String(key).endsWith(end))!;
    const reading = files().get(chunkKey);
    await new Promise((resolve) => (reading.onsuccess = resolve));
    const bytes = new Uint8Array(await (reading.result as Blob).arrayBuffer());
    bytes[1000]! ^= 1;
    const writing = files().put(new Blob([bytes]), chunkKey);
    await new Promise((resolve) => (writing.onsuccess = resolve));
    request.result.close();
  }, keyEnd);
}
