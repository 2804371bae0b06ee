/** A page that embeds the widget, as its visitor meets it, and as its own scripts do. */
import { expect, type FrameLocator, type Locator, type Page } from 'playwright/test';
import { Answer } from './app.ts';

export class WidgetFrame {
  readonly frame: FrameLocator;
  readonly composer: Locator;
  readonly answers: Locator;
  readonly allow: Locator;
  readonly refuse: Locator;
  readonly question: Locator;

  constructor(
    readonly page: Page,
    selector = 'corral-chat',
  ) {
    this.frame = page.frameLocator(`${selector} iframe`);
    this.composer = this.frame.getByRole('textbox', { name: 'Message' });
    this.answers = this.frame.getByRole('article', { name: 'Answer' });
    this.question = this.frame.getByRole('alertdialog');
    this.allow = this.question.getByRole('button', { name: 'Allow' });
    this.refuse = this.question.getByRole('button', { name: 'Not now' });
  }

  async ask(text: string): Promise<Answer> {
    await this.composer.fill(text);
    await this.composer.press('Enter');
    const answer = new Answer(this.answers.last());
    await answer.ended();
    return answer;
  }

  /** As a person does: reads, goes there, presses. */
  async allows(): Promise<void> {
    await expect(this.allow).toBeEnabled({ timeout: 20_000 });
    await this.allow.hover();
    await this.page.waitForTimeout(800);
    await this.allow.click();
    await expect(this.question).toBeHidden();
  }

  async isConnected(): Promise<void> {
    await expect(this.frame.getByRole('heading', { name: 'Corral' })).toBeVisible({
      timeout: 30_000,
    });
  }
}
