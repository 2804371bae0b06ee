// Models from a hub's repository: a server answers as the Hugging Face Hub's documented API does, with a real model.
import { App } from './app.ts';
import { ChatSettings } from './chat-settings.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { commit, type HubFile, modelHub } from './model-hub.ts';
import { expect, test } from './test.ts';

const builtIn = 'public/models/SmolLM2-135M-Instruct.Q4_1.gguf';
const smollm: HubFile = { path: 'SmolLM2-135M-Instruct-Q4_1.gguf', file: builtIn };
const large: HubFile = {
  path: 'SmolLM2-135M-Instruct-F32.gguf',
  sizeBytes: 2 ** 32,
  sha256: 'a'.repeat(64),
};
const part = (index: number): HubFile => ({
  path: `big/Big-Q4_K_M-0000${index}-of-00002.gguf`,
  sizeBytes: 1e9,
  sha256: 'b'.repeat(64),
});

let proxy: FaultProxy;
test.beforeEach(async ({ baseURL }) => {
  proxy = await startFaultProxy(baseURL ?? '');
  proxy.fault = modelHub([
    { name: 'some/smollm-GGUF', files: [{ path: 'README.md' }, smollm, large, part(1), part(2)] },
    { name: 'some/swapped', files: [{ ...smollm, sha256: 'c'.repeat(64) }] },
    { name: 'some/gated', files: [smollm], gated: 'manual' },
    { name: 'some/parts', files: [part(1), part(2)] },
    { name: 'some/weights', files: [{ path: 'model.safetensors', sizeBytes: 5e9 }] },
    {
      name: 'some/mlc',
      files: ['mlc-chat-config.json', 'tensor-cache.json', 'tokenizer.json'].map((path) => ({
        path,
        sizeBytes: 100,
      })),
    },
  ]);
});
test.afterEach(() => proxy.close());

const fromHub = () => proxy.requests.filter(({ path }) => /^\/(api|some)\//.test(path));
const alertOf = (app: App) => app.models.getByRole('alert');
const filesOf = (app: App) => app.models.getByRole('list', { name: 'Quantisations' });

async function openAdd(app: App): Promise<void> {
  await app.modelsButton.click();
  await app.models.getByText('Add a model of your own').click();
  await app.models.getByLabel('Host of the repository').fill(proxy.url);
}

async function lookFor(app: App, typed: string): Promise<void> {
  await app.models.getByLabel('Address of the file or folder').fill(typed);
  await app.models.getByRole('button', { name: 'Add', exact: true }).click();
}

test('answers with a repository’s GGUF, downloaded by commit and checked by hash', async ({
  page,
}) => {
  const app = await new App(page).open(proxy.url);
  await openAdd(app);
  expect(fromHub()).toEqual([]); // no server is contacted before the press
  await lookFor(app, 'some/smollm-GGUF');
  const files = filesOf(app);
  const first = files.getByRole('listitem').first();
  await expect(first).toContainText('Q4_1');
  await expect(first).toContainText('Recommended for this device');
  await expect(first).toContainText(/98 MB to download · about \d+ MB of memory/);
  await expect(files.getByRole('listitem').last()).toContainText(/at most 2\.1 GB.*4\.3 GB/);
  await expect(files.getByRole('button', { name: /F32/ })).toHaveCount(0);
  await expect(app.models).toContainText('One more model is split into parts');
  await expect(app.models).toContainText(`At commit ${commit.slice(0, 8)}`);

  const name = 'SmolLM2-135M-Instruct-Q4_1';
  await files.getByRole('button', { name: `Add ${name}` }).click();
  await expect(app.models.getByRole('radio', { name })).toBeChecked();
  await app.models.getByRole('button', { name: `Download ${name}` }).click();
  const stored = app.models.getByRole('status', { name: `${name} on this` });
  await expect(stored).toHaveText('On this device: 98 MB in one file', { timeout: 30_000 });
  const asked = new Set(fromHub().map(({ path }) => path));
  expect([...asked]).toEqual([
    '/api/models/some/smollm-GGUF/revision/main?blobs=true',
    `/some/smollm-GGUF/resolve/${commit}/${name}.gguf`,
  ]);
  await app.models.getByRole('button', { name: 'Close' }).click();
  await new ChatSettings(page).sampling({ Temperature: '0' });
  await expect((await app.ask('What is the capital of France?')).text).toContainText('Paris');
});

test('a file that does not match the hub’s hash is refused', async ({ page }) => {
  const app = await new App(page).open(proxy.url);
  await openAdd(app);
  await lookFor(app, `${proxy.url}some/swapped/tree/main`);
  const name = 'SmolLM2-135M-Instruct-Q4_1';
  await filesOf(app)
    .getByRole('button', { name: `Add ${name}` })
    .click();
  await app.models.getByRole('button', { name: `Download ${name}` }).click();
  await expect(alertOf(app)).toHaveAttribute('data-code', 'model-damaged', { timeout: 30_000 });
});

test('a missing, gated, empty, split or invalid repository gives an error', async ({ page }) => {
  const app = await new App(page).open(proxy.url);
  await openAdd(app);
  const fails = async (typed: string, code: string) => {
    await lookFor(app, typed);
    await expect(alertOf(app), typed).toHaveAttribute('data-code', code);
    await expect(alertOf(app)).toBeVisible();
  };
  await fails('some/nothing', 'repository-missing');
  await expect(alertOf(app)).toContainText('some/nothing was not found');
  await fails('some/gated', 'repository-gated');
  await fails('some/weights', 'repository-empty');
  await fails('some/parts', 'repository-empty');
  await expect(alertOf(app)).toContainText('split into parts');
  await fails('some/mlc', 'library-missing');
  await expect(alertOf(app)).toContainText('Give the library’s address');

  const hub = proxy.fault;
  const answer = (body: string) => {
    proxy.fault = (request, response) => {
      if (!request.url?.startsWith('/api/')) return false;
      response.writeHead(200, { 'Content-Type': 'text/html' }).end(body);
      return true;
    };
  };
  answer('<!doctype html><title>Sign in</title>');
  await fails('some/smollm-GGUF', 'repository-unreadable');
  answer('{"sha":"main","siblings":[{}]}');
  await fails('some/mlc', 'repository-unreadable');
  proxy.fault = hub;

  await app.models.getByLabel('Host of the repository').fill('https://evil.example/');
  await fails('some/smollm-GGUF', 'host-not-allowed');
  expect(fromHub().every(({ path }) => path.startsWith('/api/'))).toBe(true);
});

test('a host that closes the connection', async ({ page }) => {
  const app = await new App(page).open(proxy.url);
  await openAdd(app);
  proxy.fault = (request) => {
    if (!request.url?.startsWith('/api/')) return false;
    request.socket.destroy();
    return true;
  };
  await lookFor(app, 'some/smollm-GGUF');
  await expect(alertOf(app)).toHaveAttribute('data-code', 'download-failed', { timeout: 60_000 });
});
