/** Lets the model suggest a title after the first answer of a chat, while the engine is idle. */
import { exchangesOf } from '../../core/chat/exchanges';
import {
  suggestsTitles,
  titleExchanges,
  titleTokens,
  wantsTitle,
} from '../../core/chat/suggested-title';
import type { TitleChoice } from '../../core/settings/preferences';
import { titleIn } from '../../core/chat/title-text';
import { activePath } from '../../core/chat/branches';
import { generateParams, modelAsAsked } from '../../core/prompt/model-request';
import type { ModelEngine } from '../../bridge/engine-client';
import type { Models } from '../models/models.svelte';
import type { ContextWindow } from '../prompt/context-window.svelte';
import type { BackgroundWork } from './answering.svelte';
import type { ConversationSession } from './conversation-session.svelte';
import type { ConversationSessions } from './conversation-sessions.svelte';

export interface TitlesOptions {
  readonly engine: ModelEngine;
  readonly models: Models;
  readonly window: ContextWindow;
  readonly sessions: ConversationSessions;
  /** The visitor's choice now. */
  readonly choice: () => TitleChoice;
  /** Work that directly follows an answer, such as counting its tokens, goes first. */
  readonly delayMs?: number;
}

export class Titles implements BackgroundWork {
  readonly #options: TitlesOptions;
  #running: AbortController | null = null;

  constructor(options: TitlesOptions) {
    this.#options = options;
  }

  yieldEngine(): void {
    this.#running?.abort();
  }

  /** Never rejects: a chat without a suggestion has its first words as its title. */
  async answered(session: ConversationSession): Promise<void> {
    const { delayMs = 500 } = this.#options;
    const { signal } = (this.#running = new AbortController());
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    if (signal.aborted || !this.#isWanted(session)) return;
    const suggestedTitle = await this.#write(session, signal).catch(() => null);
    // Meanwhile the visitor may have typed a title, continued the chat, or left it.
    if (suggestedTitle === null || signal.aborted || !this.#isWanted(session)) return;
    session.change({ ...session.current, suggestedTitle });
  }

  #isWanted(session: ConversationSession): boolean {
    const { sessions, models, choice } = this.#options;
    return (
      sessions.shown === session &&
      !session.isTemporary &&
      models.state.phase === 'ready' &&
      suggestsTitles(choice(), models.chosen) &&
      wantsTitle(session.current)
    );
  }

  async #write({ current }: ConversationSession, signal: AbortSignal): Promise<string | null> {
    const { engine, models, window } = this.#options;
    const settings = { ...current.settings, sampling: {}, thinking: 'off' as const };
    const asked = titleExchanges(exchangesOf(activePath(current)));
    const { prompt, first } = await window.planRequest(asked, settings);
    // If the chat and the request do not fit together, the chat would have to be prefilled again, which takes too long
    // for a title.
    if (first > 0 || signal.aborted) return null;
    const params = {
      ...generateParams(modelAsAsked(models.chosen, settings), { varied: false }),
      temperature: 0,
      maxTokens: titleTokens,
      isBackground: true,
    };
    let text = '';
    for await (const event of engine.generate(prompt, params, { signal })) {
      if (event.type === 'token') text += event.text;
      if (event.type === 'done' && event.finish === 'aborted') return null;
    }
    return titleIn(text);
  }
}
