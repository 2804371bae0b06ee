// Exports and imports of chats: exact, checked, and never overwriting anything without asking.
import { Buffer } from 'node:buffer';
import { strToU8, zipSync } from 'fflate';
import type { Page } from 'playwright/test';
import { chatgptExport, claudeExport, llamaCppLines } from '../fixtures/chat-exports.ts';
import { App } from './app.ts';
import { chatOf, Chats, fileOf } from './chats.ts';
import { chooseFiles } from './choose-files.ts';
import { chromiumOnly, expect, test } from './test.ts';

test.use({ profile: 'with-model', builtIn: 'Cria' });

const llamaNotice = /Llama 2 is licensed under the LLAMA 2 Community License, Copyright/;

/** With branches, a title, a failed answer with its error, stats, and text of all kinds. */
const rich = {
  schema: 2,
  id: 'rich',
  createdMs: 1_700_000_000_000,
  title: 'Rich & <b>bold</b>',
  onTop: true,
  turns: [
    {
      role: 'user',
      id: 'q1',
      parentId: null,
      text: 'One? 🦙 "quoted"\n\ttab',
      atMs: 1_700_000_000_000,
    },
    {
      role: 'assistant',
      id: 'a1',
      parentId: 'q1',
      text: 'First **answer**.',
      atMs: 1_700_000_001_000,
      modelId: 'gone',
      modelName: 'Llama 2 7B Chat',
      alsoBy: [{ id: 'm', name: 'M' }],
      state: 'done',
      truncated: true,
      stats: {
        timeToFirstTokenMs: 812.5,
        tokensPerSecond: 21.75,
        promptTokens: 40,
        cachedTokens: 12,
        completionTokens: 99,
        prefillMs: 700.25,
      },
    },
    {
      role: 'assistant',
      id: 'a2',
      parentId: 'q1',
      text: '',
      atMs: 1_700_000_002_000,
      modelId: 'm',
      state: 'failed',
      error: { code: 'gpu-lost', data: { seconds: 3, host: 'x' } },
    },
    { role: 'user', id: 'q1b', parentId: null, text: 'Other words?', atMs: 1_700_000_003_000 },
  ],
  leafId: 'a1',
  settings: { pinned: 'Be brief.' },
};

async function open(page: Page): Promise<{ app: App; chats: Chats }> {
  const app = await new App(page).open();
  const chats = new Chats(page);
  await expect(chats.data).toBeVisible();
  return { app, chats };
}

const conversationsIn = (file: string): object[] =>
  (JSON.parse(file) as { conversations: object[] }).conversations;

const exportAll = (chats: Chats) => chats.saved(() => chats.chooseData('Export all chats'));

async function failsWith(page: Page, code: string, words: RegExp) {
  const alert = page.getByRole('navigation', { name: 'Chats' }).getByRole('alert');
  await expect(alert).toHaveAttribute('data-code', code);
  await expect(alert).toContainText(words);
  await expect(alert).toContainText('Nothing was changed');
  await page.getByRole('button', { name: 'Dismiss' }).click();
}

test('all chats are exported and imported exactly, with their branches', async ({
  page,
  browser,
}) => {
  const { chats } = await open(page);
  const plain = chatOf(['Hello', 'Good morning.'], { id: 'plain' });
  await chats.imports([rich, plain]);
  const file = await exportAll(chats);
  expect(conversationsIn(file)).toEqual(
    expect.arrayContaining([expect.objectContaining({ id: 'plain' })]),
  );
  const out = conversationsIn(file).find((one) => 'id' in one && one.id === 'rich');
  for (const [key, value] of Object.entries(rich))
    expect(out).toHaveProperty(key, ofSettings(key, value));
  // On another device.
  const context = await browser.newContext({ locale: 'en-GB' });
  const other = await open(await context.newPage());
  await other.chats.import(file);
  await expect(other.app.page.getByText('2 chats imported')).toBeVisible();
  expect(conversationsIn(await exportAll(other.chats))).toEqual(conversationsIn(file));
  await other.chats.link('Rich & <b>bold</b>').click();
  await expect(other.app.answers).toHaveText([/First/]);
  await context.close();
});

/** Fields of a later version are stored with those of the file. */
function ofSettings(key: string, value: unknown): unknown {
  return key === 'settings' ? expect.objectContaining(value as Record<string, unknown>) : value;
}

test('one chat is exported as JSON and as Markdown, with Llama 2’s notice where it answered', async ({
  page,
}) => {
  const { chats } = await open(page);
  await chats.imports([rich, chatOf(['Hello', 'Good morning.'], { id: 'plain' })]);
  const title = 'Rich & <b>bold</b>';
  const json = await chats.saved(() => chats.choose(title, 'Export as JSON'));
  expect(conversationsIn(json)).toHaveLength(1);
  expect(json).toMatch(llamaNotice);
  const markdown = await chats.saved(() => chats.choose(title, 'Export as Markdown'));
  expect(markdown).toMatch(/^# Rich & \\<b\\>bold\\<\/b\\>\n\n## You · .*2023.*\n\nOne\? 🦙/);
  expect(markdown).toMatch(/## Llama 2 7B Chat · .*\n\nFirst \*\*answer\*\*\./);
  expect(markdown).toMatch(llamaNotice);
  expect(markdown).not.toContain('Other words');
  expect(await chats.saved(() => chats.choose('Hello', 'Export as JSON'))).not.toMatch(llamaNotice);
  expect(await exportAll(chats)).toMatch(llamaNotice);
});

test('an import asks before it changes a chat that differs', async ({ page }) => {
  const { app, chats } = await open(page);
  const mine = chatOf(['Hello', 'Mine.'], { id: 'a', atMs: 1_700_000_000_000 });
  const theirs = chatOf(['Hello', 'Theirs.'], { id: 'a', atMs: 1_700_000_000_000 });
  await chats.imports([mine]);
  await chats.link('Hello').click();
  const dialog = page.getByRole('dialog', { name: 'Some chats are already here' });
  // A second import changes nothing, and asks nothing.
  await chats.import(fileOf([mine]));
  await expect(page.getByText('Nothing new; 1 chat was already here')).toBeVisible();
  await chats.import(fileOf([theirs]));
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await expect(app.answers).toHaveText([/Mine/]);
  await chats.import(fileOf([theirs]));
  await dialog.getByRole('button', { name: 'Skip them' }).click();
  await expect(app.answers).toHaveText([/Mine/]);
  await chats.import(fileOf([theirs]));
  await dialog.getByRole('button', { name: 'Keep both' }).click();
  await expect(chats.links).toHaveText(['Hello', 'Hello']);
  await expect(app.answers).toHaveText([/Mine/]);
  await chats.import(fileOf([theirs]));
  await dialog.getByRole('button', { name: 'Replace mine' }).click();
  // The chat is open: it shows its replacement.
  await expect(app.answers).toHaveText([/Theirs/]);
  await page.reload();
  await expect(app.answers).toHaveText([/Theirs/]);
});

test('broken, newer, foreign and huge files change nothing, and say why', async ({ page }) => {
  const { chats } = await open(page);
  await chats.imports([chatOf(['Hello', 'Good morning.'], { id: 'a' })]);
  const before = conversationsIn(await exportAll(chats));
  const good = fileOf([chatOf(['New', 'Yes.'], { id: 'n' })]);
  const one = chatOf(['New', 'Yes.'], { id: 'n' });
  const broken = [
    good.slice(0, -20),
    fileOf([one, one]),
    fileOf([{ ...one, id: '../../etc' }]),
    fileOf([{ ...one, leafId: 'nowhere' }]),
    fileOf([one, { ...one, id: 'm', turns: [{ ...one.turns[0], text: 7 }] }]),
    fileOf([{ ...one, turns: one.turns.toReversed() }]),
    fileOf([{ ...one, turns: [{ ...one.turns[0], parentId: 'n-0' }] }]),
  ];
  for (const file of broken) {
    await chats.import(file);
    await failsWith(page, 'import-damaged', /This file is damaged/);
  }
  for (const file of [
    '',
    'Hello',
    '[]',
    'null',
    '{"conversations":[]}',
    '\ufeff<html>',
    '{"a":1',
  ]) {
    await chats.import(file);
    await failsWith(page, 'import-foreign', /not a file of chats that Corral can read/);
  }
  await chats.import(good.replace('"version":1', '"version":2'));
  await failsWith(page, 'import-newer', /newer version of Corral/);
  await chats.import(good.replace('"schema":2', '"schema":3'));
  await failsWith(page, 'import-newer', /newer version of Corral/);
  expect(conversationsIn(await exportAll(chats))).toEqual(before);
  await page.reload();
  await expect(chats.links).toHaveText(['Hello']);
});

test('chats of other programs come in with their branches, and what was left out is said', async ({
  page,
}) => {
  const { app, chats } = await open(page);
  const nav = page.getByRole('navigation', { name: 'Chats' });
  const archive = zipSync({ 'conversations.json': strToU8(JSON.stringify(chatgptExport)) });
  await chats.import(Buffer.from(archive), 'export.zip');
  await expect(nav.getByText('1 chat imported from ChatGPT.')).toBeVisible();
  await expect(nav.getByRole('list', { name: 'Left out:' }).getByRole('listitem')).toHaveText([
    '1 picture',
    'the content of 1 attached file',
    '2 calls and results of tools',
    '1 system or hidden message',
    '1 chat without messages',
  ]);
  await chats.import(Buffer.from(archive), 'export.zip');
  await expect(nav.getByText('Nothing new from ChatGPT; 1 chat was already here.')).toBeVisible();
  await page.getByRole('button', { name: 'Dismiss' }).click();
  await chats.link('Rivers of Italy').click();
  await expect(app.answers).toHaveText([/It is the Po\./]);
  await page.getByRole('button', { name: 'Previous version' }).click();
  await expect(app.answers).toHaveText([/The Po\./]);
  // Texts of attached files come as documents, which can be opened.
  await chats.import(JSON.stringify(claudeExport));
  await expect(nav.getByText('1 chat imported from Claude.')).toBeVisible();
  await chats.link('Minutes').click();
  await page.getByRole('button', { name: /minutes\.txt/ }).click();
  await expect(page.getByRole('dialog').getByText('We met on Monday')).toBeVisible();
  await page.keyboard.press('Escape');
  await chats.import(llamaCppLines, 'pasta.jsonl');
  await expect(nav.getByText('1 chat imported from llama.cpp.')).toBeVisible();
  await chats.import(archiveWithout(archive), 'export.zip');
  await failsWith(page, 'import-archive', /cannot be unpacked here/);
});

/** Cut short, as a download that did not end. */
const archiveWithout = (archive: Uint8Array) => Buffer.from(archive.subarray(0, -30));

/** Files of this size can be given to a page only from within the page. */
function dropHere(page: Page, sizeBytes: number, content: string) {
  return page.getByRole('searchbox', { name: 'Search chats' }).evaluate(
    (target, [size, text]) => {
      const filler = new Uint8Array(Math.max(0, size - text.length)).fill(0x20);
      const transfer = new DataTransfer();
      transfer.items.add(new File([text, filler], 'chats.json'));
      const drop = (type: string) =>
        target.dispatchEvent(
          new DragEvent(type, { dataTransfer: transfer, bubbles: true, cancelable: true }),
        );
      drop('dragover');
      drop('drop');
    },
    [sizeBytes, content] as const,
  );
}

test('imports a file that is dropped onto the list, unless it is too large', async ({ page }) => {
  const { chats } = await open(page);
  await dropHere(page, 0, fileOf([chatOf(['Dropped', 'Yes.'], { id: 'd' })]));
  await expect(page.getByText('1 chat imported')).toBeVisible();
  await expect(chats.links).toHaveText(['Dropped']);
  await dropHere(page, 100_000_001, '{}');
  await failsWith(page, 'import-too-large', /too large \(100 MB; at most 100 MB\)/);
});

/** Runs in the page: stores smaller and smaller pieces until not even the smallest finds room. */
async function fillStorage() {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open('filler', 1);
    opening.onupgradeneeded = () =>
      opening.result.createObjectStore('pieces', { autoIncrement: true });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(new Error('no database'));
  });
  const fits = (bytes: number) =>
    new Promise<boolean>((resolve) => {
      const transaction = database.transaction('pieces', 'readwrite');
      const piece = crypto.getRandomValues(new Uint8Array(Math.min(bytes, 65_536)));
      for (let at = 0; at < bytes; at += piece.length) {
        transaction.objectStore('pieces').add(piece);
      }
      transaction.oncomplete = () => resolve(true);
      transaction.onabort = () => resolve(false);
    });
  for (const bytes of [4_194_304, 262_144, 16_384, 1024, 64]) while (await fits(bytes));
  database.close();
}

test.describe('with little room', chromiumOnly('CDP sets how much room there is'), () => {
  test.use({ profile: 'new', builtIn: 'SmolLM2' });
  // For half a minute, Chromium uses the free space measured at the last write: each test sets the free space
  // before the page stores anything.
  test.use({ serviceWorkers: 'block' });

  async function giveRoom(page: Page, origin: string, bytes?: number) {
    const session = await page.context().newCDPSession(page);
    await session.send('Storage.overrideQuotaForOrigin', {
      origin,
      ...(bytes === undefined ? {} : { quotaSize: bytes }),
    });
  }

  test('an import without enough space stores nothing', async ({ page, baseURL }) => {
    const { origin } = new URL(baseURL ?? '');
    await giveRoom(page, origin, 3_000_000);
    const { chats } = await open(page);
    await chats.imports([chatOf(['Hello', 'Good morning.'], { id: 'a' })]);
    const texts = ['Large', 'x'.repeat(1_000_000)];
    const many = Array.from({ length: 8 }, (_, index) => chatOf(texts, { id: `x${index}` }));
    await chats.import(fileOf(many));
    await failsWith(page, 'import-no-room', /not enough space/);
    await expect(chats.links).toHaveText(['Hello']);
    await giveRoom(page, origin);
    await chats.imports(many);
    await expect(chats.links).toHaveCount(9);
  });

  test('full storage during a chat is reported immediately, and the chat can be exported', async ({
    page,
    baseURL,
  }) => {
    const { origin } = new URL(baseURL ?? '');
    await giveRoom(page, origin, 150_000_000);
    const { app, chats } = await open(page);
    await app.loadModel();
    await attachDocument(page);
    // The browser now caches that there is no space left, and measures again at the next write.
    await page.evaluate(fillStorage);
    await giveRoom(page, origin, 1);
    const answer = await app.ask('What is the capital of France?');
    await expect(answer.text).toContainText('Paris');
    const notice = page.getByRole('alert').filter({ hasText: 'no longer being saved' });
    await expect(notice).toHaveAttribute('data-code', 'chat-storage-full');
    const saved = await chats.saved(() =>
      page.getByRole('button', { name: 'Export this chat' }).click(),
    );
    expect(saved).toContain('capital of France');
    expect(saved).toContain('Paris');
    // Its document can be read meanwhile.
    await opensDocument(page);
    await giveRoom(page, origin);
    await page.getByRole('button', { name: 'Save again' }).click();
    await expect(notice).toHaveCount(0);
    await page.reload();
    await expect(app.answers.last()).toContainText('Paris');
    await opensDocument(page);
  });
});

async function attachDocument(page: Page) {
  await chooseFiles(page, () => page.getByRole('button', { name: 'Attach documents' }).click(), {
    name: 'hay.txt',
    mimeType: 'text/plain',
    buffer: Buffer.from('Hay costs 7.'),
  });
  await expect(page.getByRole('button', { name: 'Open hay.txt' })).toBeVisible();
}

async function opensDocument(page: Page) {
  await page.getByRole('button', { name: 'Open hay.txt' }).click();
  const dialog = page.getByRole('dialog', { name: 'hay.txt' });
  await expect(dialog).toContainText('Hay costs 7.');
  await dialog.getByRole('button', { name: 'Close' }).click();
}

test.describe('of a profile of its own', () => {
  test.use({ profile: 'new' });

  test('all data is deleted after a confirmation, and models only on request', async ({ page }) => {
    const { app, chats } = await open(page);
    await app.loadModel();
    await app.composer.fill('A draft');
    const dialog = page.getByRole('dialog', { name: 'Delete all your data?' });
    await chats.chooseData('Delete all my data');
    await dialog.getByRole('button', { name: 'Cancel' }).click();
    await expect(app.answers).toHaveCount(1);
    await chats.chooseData('Delete all my data');
    await dialog.getByRole('button', { name: 'Delete everything' }).click();
    await expect(app.answers).toHaveCount(0);
    await expect(app.composer).toHaveValue('');
    await expect(page.getByText('Your chats will be listed here')).toBeVisible();
    await expect(app.modelsButton).toHaveAccessibleName(/on this device$/);
    await expect.poll(() => storedKeys(page)).toMatchObject({ conversations: 0, settings: 0 });
    await chats.chooseData('Delete all my data');
    await dialog.getByRole('checkbox', { name: 'Also delete the downloaded models' }).check();
    // The page opens anew at the end; Chromium may not close one in the middle of that.
    const opened = page.waitForEvent('load');
    await dialog.getByRole('button', { name: 'Delete everything' }).click();
    await opened;
    await expect(app.modelsButton).toHaveAccessibleName(/not on this device yet/);
    await expect.poll(async () => (await storedKeys(page)).weights).toBe(0);
  });
});

function storedKeys(page: Page) {
  return page.evaluate(async () => {
    const count = (database: string, store: string) =>
      new Promise<number>((resolve, reject) => {
        const opening = indexedDB.open(database);
        opening.onerror = () => reject(new Error('no database'));
        opening.onsuccess = () => {
          const counting = opening.result.transaction(store).objectStore(store).count();
          counting.onsuccess = () => {
            opening.result.close();
            resolve(counting.result);
          };
        };
      });
    return {
      conversations: await count('corral-conversations', 'records'),
      settings: await count('corral-settings', 'values'),
      weights: await count('corral-weights', 'files'),
    };
  });
}
