/** A page that embeds the widget, as used by its visitor and by its own scripts. */
import { expect, type FrameLocator, type Locator, type Page } from 'playwright/test';
import type { Chat, CompletionChunk, CompletionRequest } from '../../src/widget/public';
import { Answer } from './app.ts';
import type { Site } from './site.ts';

export class WidgetFrame {
  readonly frame: FrameLocator;
  readonly composer: Locator;
  readonly answers: Locator;
  /** The question's first button, which shows the answering one. */
  readonly turn: Locator;
  readonly allow: Locator;
  readonly refuse: Locator;
  readonly question: Locator;
  /** The mark that the site uses the model, with its stop button. */
  readonly mark: Locator;
  readonly stop: Locator;

  constructor(
    readonly page: Page,
    selector = 'corral-chat',
  ) {
    this.frame = page.frameLocator(`${selector} iframe`);
    this.composer = this.frame.getByRole('textbox', { name: 'Message' });
    this.answers = this.frame.getByRole('article', { name: 'Answer' });
    this.question = this.frame.getByRole('alertdialog');
    this.turn = this.question.getByRole('button', { name: 'Answer …' });
    this.allow = this.question.getByRole('button', { name: 'Allow' });
    this.mark = this.frame.getByText(/is using your model/);
    this.stop = this.frame.getByRole('button', { name: 'Stop', exact: true });
    this.refuse = this.question.getByRole('button', { name: 'Not now' });
  }

  /** By the button: over BiDi, no key reaches a frame of another site. */
  async send(text: string): Promise<void> {
    await this.composer.fill(text);
    await this.frame.getByRole('button', { name: 'Send' }).click();
  }

  async ask(text: string): Promise<Answer> {
    await this.send(text);
    const answer = new Answer(this.answers.last());
    await answer.ended();
    return answer;
  }

  /**
   * As a person does: reads, turns to the question and answers it, in a window if the browser requires that.
   */
  async allows(): Promise<void> {
    const inWindow = this.question.getByRole('button', { name: 'Answer in a Corral window' });
    await expect(this.turn.or(inWindow)).toBeVisible({ timeout: 20_000 });
    if (await inWindow.isVisible()) {
      const opening = this.page.waitForEvent('popup');
      await inWindow.click();
      const allow = (await opening).getByRole('button', { name: 'Allow' });
      await expect(allow).toBeEnabled();
      await allow.press('Enter').catch(() => {}); // the window closes within the press
    } else {
      await this.turn.click();
      await this.allow.click();
    }
    await expect(this.question).toBeHidden();
  }

  async isConnected(): Promise<void> {
    await expect(this.frame.getByRole('heading', { name: 'Corral' })).toBeVisible({
      timeout: 30_000,
    });
  }
}

/** A page of the site that has called `createChat`, and stores the chat on its window. */
export async function openApiPage(page: Page, site: Site, corral: string): Promise<Page> {
  await page.goto(
    site.page(
      '/api',
      `<script type="module">
        import { createChat } from '${corral}/widget.js';
        window.chat = await createChat();
      </script><body><h1>A site</h1></body>`,
    ),
  );
  await page.waitForFunction(() => 'chat' in window);
  return page;
}

export type SiteAnswer =
  | {
      readonly text: string;
      readonly chunks: number;
      readonly finish: string | null;
      readonly usage: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
    }
  | { readonly code: string };

export interface Asking {
  readonly abortAfterMs?: number;
}

/** Asks as a script of the site does, with the stored chat. */
export function complete(
  page: Page,
  request: object,
  { abortAfterMs }: Asking = {},
): Promise<SiteAnswer> {
  return page.evaluate(
    async ([request, abortAfterMs]) => {
      const { chat } = window as unknown as { chat: Chat };
      const signal = abortAfterMs === undefined ? undefined : AbortSignal.timeout(abortAfterMs);
      try {
        const wish = { ...request, stream: true } as CompletionRequest & { stream: true };
        const stream = await chat.completions.create(wish, signal ? { signal } : {});
        let text = '';
        let chunks = 0;
        let last: CompletionChunk | null = null;
        for await (const part of stream) {
          text += part.choices[0]?.delta.content ?? '';
          chunks += 1;
          last = part;
        }
        return { text, chunks, finish: last?.choices[0]?.finish_reason, usage: last?.usage };
      } catch (error) {
        const { code, name } = error as { code?: string | number; name: string };
        return { code: typeof code === 'string' ? code : name };
      }
    },
    [request, abortAfterMs] as const,
  ) as Promise<SiteAnswer>;
}

export const asks = (content: string) => ({ messages: [{ role: 'user', content }] });
