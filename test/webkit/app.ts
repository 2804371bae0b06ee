/** Drives Corral in WebKit as a person would: through roles, labels and visible text. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect } from 'playwright/test';
import type { Finder } from '../../scripts/webkit/finder.mjs';
import type { WebKitLocator } from '../../scripts/webkit/locator.mjs';
import type { WebKitPage } from '../../scripts/webkit/page.mjs';
import { findPart } from '../app-parts.ts';
import { fileOf } from '../e2e/chats.ts';
import { answerTimeoutMs, storingTimeoutMs } from '../time-limits.ts';
import { counts, shows } from './polls.ts';

/** Does not wait for its end. */
export const longTask = 'Write a long story about a llama that lives on a farm.';

/** A chat in the app, or in the widget's frame. */
export class ChatView {
  readonly composer: WebKitLocator;
  readonly stop: WebKitLocator;
  readonly answers: WebKitLocator;
  readonly questions: WebKitLocator;

  constructor(readonly root: Finder) {
    this.composer = findPart(root, 'composer');
    this.stop = findPart(root, 'stop');
    this.answers = findPart(root, 'answers');
    this.questions = findPart(root, 'questions');
  }

  async type(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
  }

  /** Sends the text and waits until its answer has ended in any way. */
  async ask(text: string): Promise<Answer> {
    const before = await this.answers.count();
    await this.type(text);
    await counts(this.answers, before + 1);
    const answer = this.current();
    await answer.ended();
    return answer;
  }

  /** The newest answer, which may still be growing. */
  current(): Answer {
    return new Answer(this.answers.last());
  }

  async stopAnswer(): Promise<void> {
    await this.stop.click();
    await this.current().ended();
  }
}

export class App extends ChatView {
  readonly newChat: WebKitLocator;
  readonly models: WebKitLocator;
  readonly progress: WebKitLocator;
  readonly search: WebKitLocator;
  readonly links: WebKitLocator;

  constructor(readonly page: WebKitPage) {
    super(page);
    this.newChat = findPart(page, 'newChat');
    this.models = findPart(page, 'models');
    this.progress = findPart(page, 'progress');
    this.search = findPart(page, 'search');
    this.links = findPart(page, 'chats').getByRole('link');
  }

  async open(url: string): Promise<this> {
    await this.page.goto(url);
    await this.composer.waitFor();
    return this;
  }

  /** An empty chat; if the page is open, the model stays loaded. */
  async start(url: string): Promise<this> {
    const isOpen = (await this.page.url()).replace(/#.*/, '') === url;
    if (!isOpen) await this.open(url);
    await this.newChat.click();
    await counts(this.questions, 0);
    return this;
  }

  async modelIs(state: RegExp): Promise<void> {
    const name = new RegExp(`^Models:.*${state.source}`);
    await this.page.getByRole('button', { name }).waitFor();
  }

  async dialog(button: string | RegExp, name = button): Promise<WebKitLocator> {
    await this.page.getByRole('button', { name: button }).click();
    const dialog = this.page.getByRole('dialog', { name });
    await dialog.waitFor();
    return dialog;
  }

  async close(dialog: WebKitLocator): Promise<void> {
    await dialog.getByRole('button', { name: 'Close' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  /** Waits until the app says that its files are stored. */
  async isKept(): Promise<void> {
    const dialog = await this.dialog('Offline and install');
    await shows(dialog, 'The app is on this device', { timeout: storingTimeoutMs });
    await this.close(dialog);
  }

  async chooseData(option: string): Promise<void> {
    await findPart(this.page, 'data').click();
    await this.page.getByRole('menuitem', { name: option }).click();
  }

  /** Sets a file for "Import chats", as the browser's file dialog would. */
  async import(conversations: readonly object[]): Promise<void> {
    const field = this.page.locator('input[type="file"][aria-label="Import chats"]');
    await field.setInputFiles(await fileWith('chats.json', fileOf(conversations)));
    const told = this.page.getByText(/chats? imported/);
    await told.waitFor();
    await this.page.getByRole('button', { name: 'Dismiss' }).click();
    await told.waitFor({ state: 'hidden' });
  }

  /** Imports a chat and opens it. */
  async openChat(conversation: object, title: string): Promise<void> {
    await this.import([conversation]);
    await this.links.filter({ hasText: title }).click();
    await this.answers.last().waitFor();
  }
}

export class Answer {
  readonly text: WebKitLocator;
  readonly error: WebKitLocator;

  constructor(readonly article: WebKitLocator) {
    this.text = article.locator('[data-part="text"]');
    this.error = article.getByRole('alert');
  }

  async ended(): Promise<void> {
    await expect
      .poll(() => this.article.getAttribute('aria-busy'), { timeout: answerTimeoutMs })
      .toBe('false');
  }

  async streams(): Promise<void> {
    await shows(this.text, /\w+ \w+/, { timeout: answerTimeoutMs });
  }

  /** Waits until the answer has grown beyond its beginning, which must not change. */
  async goesOnFrom(begun: string): Promise<void> {
    const goesOn = async () => {
      const text = await this.text.innerText();
      return text.startsWith(begun.trimEnd()) && text.length > begun.length;
    };
    await expect.poll(goesOn, { timeout: answerTimeoutMs }).toBe(true);
  }

  /** Tokens of the prompt, those of them that came from the KV cache, and those of the answer, as shown. */
  async tokens(): Promise<{ read: number; cached: number; written: number }> {
    const detail = this.article.locator('[data-part="stats-detail"]');
    await shows(detail, /\d.*\d.*\d/);
    const words = await detail.evaluate((element) => element.textContent);
    const [read = NaN, cached = NaN, written = NaN] = (words.match(/\d+/g) ?? []).map(Number);
    return { read, cached, written };
  }

  async failsWith(code: string): Promise<void> {
    await this.ended();
    await expect.poll(() => this.error.getAttribute('data-code')).toBe(code);
  }

  button(name: string): WebKitLocator {
    return this.article.getByRole('button', { name });
  }
}

/** Returns the path of a new file. */
export async function fileWith(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(await mkdtemp(path.join(tmpdir(), 'corral-webkit-')), name);
  await writeFile(file, content);
  return file;
}
