/** The list of chats as a person uses it, and files of chats to import. */
import { type Download, expect, type Locator, type Page } from 'playwright/test';
import { readFile } from 'node:fs/promises';
import { findPart } from '../app-parts.ts';
import { chooseFiles } from './choose-files.ts';

export class Chats {
  readonly search: Locator;
  readonly newChat: Locator;
  /** The chats by day, or the hits of a search. */
  readonly links: Locator;
  readonly data: Locator;

  constructor(readonly page: Page) {
    this.search = findPart(page, 'search');
    this.newChat = findPart(page, 'newChat');
    this.links = findPart(page, 'chats').getByRole('link');
    this.data = findPart(page, 'data');
  }

  link(title: string | RegExp): Locator {
    return findPart(this.page, 'chats').getByRole('link', { name: title });
  }

  async choose(title: string, option: string): Promise<void> {
    await this.link(title).hover();
    await this.page.getByRole('button', { name: `Options for ${title}` }).click();
    await this.page.getByRole('menuitem', { name: option }).click();
  }

  /** They are replaced by an empty chat with the model's own settings. */
  async deleteAll(): Promise<void> {
    await this.search.fill('');
    const listed = this.page.getByRole('list', { name: 'Chats' });
    const row = listed.getByRole('listitem').filter({ has: this.page.getByRole('link') });
    const none = this.page.getByText('Your chats will be listed here.');
    const settled = () => expect(row.first().or(none)).toBeVisible();
    for (await settled(); !(await none.isVisible()); await settled()) {
      const address = await row.first().getByRole('link').getAttribute('href');
      await row.first().hover();
      const options = row.first().getByRole('button', { name: /^Options for/ });
      await options.click();
      await this.page.getByRole('menuitem', { name: 'Delete' }).click();
      await this.page.getByRole('button', { name: 'Dismiss' }).click();
      await expect(listed.locator(`a[href="${address}"]`)).toHaveCount(0);
    }
  }

  async chooseData(option: string): Promise<void> {
    await this.data.click();
    await this.page.getByRole('menuitem', { name: option }).click();
  }

  /** Chooses a file through the menu's entry, as a person does. */
  async import(content: string | Buffer, name = 'chats.json'): Promise<void> {
    const buffer = typeof content === 'string' ? Buffer.from(content) : content;
    const file = { name, mimeType: 'application/json', buffer };
    await chooseFiles(this.page, () => this.chooseData('Import chats'), file);
  }

  async imports(conversations: readonly object[]): Promise<void> {
    await this.import(fileOf(conversations));
    await expect(this.page.getByText(/chats? imported/)).toBeVisible();
    await this.page.getByRole('button', { name: 'Dismiss' }).click();
  }

  /** The file that the browser saves after the menu's entry. */
  async saved(work: () => Promise<void>): Promise<string> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), work()]);
    return contentOf(download);
  }
}

export async function contentOf(download: Download): Promise<string> {
  return readFile(await download.path(), 'utf8');
}

export function fileOf(conversations: readonly object[]): string {
  return JSON.stringify({ format: 'corral-conversations', version: 1, notices: [], conversations });
}

interface ChatOptions {
  readonly id: string;
  readonly atMs?: number;
  readonly modelId?: string;
}

/** A finished chat: alternating questions and answers. */
export function chatOf(texts: readonly string[], { id, atMs, modelId }: ChatOptions) {
  const turns = texts.map((text, index) => ({
    id: `${id}-${index}`,
    parentId: index === 0 ? null : `${id}-${index - 1}`,
    text,
    atMs: atMs ?? Date.now(),
    ...(index % 2 === 0
      ? { role: 'user' }
      : { role: 'assistant', modelId: modelId ?? 'smollm2-135m', state: 'done' }),
  }));
  const leafId = turns.at(-1)?.id ?? null;
  return { schema: 2, id, createdMs: atMs ?? Date.now(), turns, leafId, settings: { pinned: '' } };
}
