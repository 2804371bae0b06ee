/** The panel "This chat" as a person uses it. */
import { expect, type Locator, type Page } from 'playwright/test';
import { typeInto } from './type-into.ts';

export class ChatSettings {
  readonly button: Locator;
  readonly panel: Locator;
  readonly preset: Locator;
  readonly error: Locator;

  constructor(readonly page: Page) {
    this.button = page.getByRole('button', { name: /^This chat:/ });
    this.panel = page.getByRole('dialog', { name: 'This chat' });
    this.preset = this.panel.getByRole('combobox', { name: 'Preset' });
    this.error = this.panel.getByRole('alert').filter({ hasText: 'Error code' });
  }

  async open(): Promise<void> {
    await this.button.click();
    await expect(this.panel).toBeVisible();
  }

  async close(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Close' }).click();
    await expect(this.panel).toBeHidden();
  }

  async mode(name: 'Careful' | 'Balanced' | 'Direct'): Promise<void> {
    await this.open();
    await this.panel.getByRole('radio', { name }).check();
    await this.close();
  }

  async date(date: string): Promise<void> {
    await this.open();
    await this.panel.getByRole('radio', { name: 'Another date' }).check();
    const field = this.panel.getByRole('textbox', { name: 'Date for this chat' });
    await field.fill(date);
    await field.press('Enter');
    await this.close();
  }

  async more(): Promise<void> {
    await this.panel.getByText('System prompt and sampling').click();
  }

  async systemPrompt(text: string): Promise<void> {
    await this.open();
    await this.more();
    await typeInto(this.panel.getByRole('textbox', { name: 'System prompt' }), text);
    await this.close();
  }

  /** By the fields' labels; an empty text gives the model's own value back. */
  async sampling(values: Readonly<Record<string, string>>): Promise<void> {
    await this.open();
    await this.more();
    for (const [label, value] of Object.entries(values)) {
      await typeInto(this.panel.getByLabel(label, { exact: true }), value);
    }
    await this.close();
  }
}
