// The built-in model in a browser that lacks every platform feature that some browser lacks.
import type { Page } from 'playwright/test';
import { App } from './app.ts';
import { parts, serveWithout } from './missing-parts.ts';
import { chromiumOnly, expect, test } from './test.ts';

// It would cache the files from before a feature was hidden.
test.use({ serviceWorkers: 'block' });

test(
  'answers without any of these parts, also from storage',
  chromiumOnly('Firefox and WebKit lack some of them anyway'),
  async ({ page, baseURL }) => {
    const server = await serveWithout(parts, baseURL ?? '');
    try {
      const app = await new App(page).open(server.url);
      const lacking = () => page.evaluate(() => [typeof SharedArrayBuffer, 'storage' in navigator]);
      expect(await lacking()).toEqual(['undefined', false]);
      const first = await app.ask('What is the capital of France?');
      await expect(first.text).toContainText('Paris');
      expect(await first.tokens()).toMatchObject({ cached: 0 });
      await page.reload();
      await expect(app.answers).toContainText('Paris');
      await expect((await app.ask('And of Italy?')).text).toContainText('Rome');
      const fetched = server.requests.filter(({ path }) => path.endsWith('.gguf'));
      expect(fetched).toHaveLength(1);
      expect(await storedKinds(page)).toEqual(['ArrayBuffer']);
    } finally {
      await server.close();
    }
  },
);

/** The form in which a model's parts are stored. */
function storedKinds(page: Page): Promise<string[]> {
  return page.evaluate(async () => {
    const opening = indexedDB.open('corral-weights');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const files = opening.result.transaction('files').objectStore('files').getAll();
    await new Promise((resolve) => (files.onsuccess = resolve));
    opening.result.close();
    const kindOf = (file: unknown) => Object.prototype.toString.call(file).slice(8, -1);
    return [...new Set(files.result.map(kindOf))].filter((kind) => kind !== 'Object');
  });
}
