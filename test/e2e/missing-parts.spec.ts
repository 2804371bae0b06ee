// The built-in model in browsers that lack a part of the platform, each part alone and all of them together.
import { App } from './app.ts';
import { type Part, parts, serveWithout } from './missing-parts.ts';
import { expect, test } from './test.ts';

// It would keep the files as they were before a part was hidden.
test.use({ serviceWorkers: 'block' });

const oneOrAll: readonly (readonly [name: string, missing: readonly Part[]])[] = [
  ...parts.map((part) => [part, [part]] as const),
  ['all of these', parts],
];

for (const [name, missing] of oneOrAll) {
  test(`answers without ${name}, and from what it stored`, async ({ page, baseURL }) => {
    const server = await serveWithout(missing, baseURL ?? '');
    try {
      const app = await new App(page).open(server.url);
      const first = await app.ask('What is the capital of France?');
      await expect(first.text).toContainText('Paris');
      await page.reload();
      await expect((await app.ask('And of Italy?')).text).toContainText('Rome');
      const fetched = server.requests.filter(({ path }) => path.endsWith('.gguf'));
      expect(fetched).toHaveLength(1);
    } finally {
      await server.close();
    }
  });
}

test('reads a model that is stored partly as Blobs and partly as bytes', async ({ page }) => {
  const app = await new App(page).open();
  await app.loadModel();
  const changed = await page.evaluate(async () => {
    const opening = indexedDB.open('corral-weights');
    await new Promise((resolve) => (opening.onsuccess = resolve));
    const files = () => opening.result.transaction('files', 'readwrite').objectStore('files');
    const result = async <T>(request: IDBRequest<T>): Promise<T> => {
      await new Promise((resolve) => (request.onsuccess = resolve));
      return request.result;
    };
    const keys = (await result(files().getAllKeys())).map(String);
    const odd = keys.filter((key) => /#\d*[13579]$/.test(key));
    for (const key of odd) {
      const chunk = (await result<unknown>(files().get(key))) as Blob;
      const bytes = await chunk.arrayBuffer();
      await result(files().put(bytes, key));
    }
    opening.result.close();
    return odd.length;
  });
  expect(changed).toBeGreaterThan(3);

  await app.modelsButton.click();
  await app.models.getByRole('button', { name: 'Check SmolLM2 135M' }).click();
  const stored = app.models.getByRole('status', { name: 'SmolLM2 135M on this device' });
  await expect(stored).toHaveText('Checked: the file is as it was.', { timeout: 30_000 });
  await page.reload();
  const answer = await app.ask('What is the capital of France?');
  await expect(answer.text).toContainText('Paris');
});
