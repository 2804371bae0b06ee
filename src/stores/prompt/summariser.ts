/** Lets the model summarise the exchanges that no longer fit into its context window. */
import type { Exchange, Summary, Turn } from '../../core/chat/conversation';
import { exchangesOf } from '../../core/chat/exchanges';
import type { ConversationSettings } from '../../core/chat/conversation-settings';
import { modelAsAsked, generateParams } from '../../core/prompt/model-request';
import { answerOf } from '../../core/chat/thoughts';
import type { WindowSize } from '../../core/prompt/context-window';
import type { ModelEngine } from '../../bridge/engine-client';
import type { ContextWindow } from './context-window.svelte';
import type { Models } from '../models/models.svelte';

export interface SummaryRequest {
  readonly turns: readonly Turn[];
  readonly settings: ConversationSettings;
  /** The question before which everything is summarised. */
  readonly beforeId: string;
  /** The text of the request. */
  readonly request: string;
  readonly signal: AbortSignal;
}

export class Summariser {
  readonly #engine: ModelEngine;
  readonly #models: Models;
  readonly #window: ContextWindow;

  constructor(engine: ModelEngine, models: Models, window: ContextWindow) {
    this.#engine = engine;
    this.#models = models;
    this.#window = window;
  }

  /** The model must be loaded. Null if it wrote nothing or was stopped. Rejects with an AppError. */
  async summarise({ turns, settings, ...input }: SummaryRequest): Promise<Summary | null> {
    const { chosen } = this.#models;
    const exchanges = exchangesOf(turns);
    const dropped = exchanges.slice(
      0,
      exchanges.findIndex(({ questionId }) => questionId === input.beforeId),
    );
    const asked = summaryExchanges(dropped, input.request);
    // The pinned instruction applies to answers, not to summaries.
    const aside = { ...settings, pinned: '', thinking: 'off' as const };
    const { prompt, first } = await this.#window.planRequest(asked, aside);
    const params = {
      ...generateParams(modelAsAsked(chosen, { ...aside, sampling: {} }), { varied: false }),
      temperature: 0,
      maxTokens: summaryTokens(await this.#window.size(settings)),
    };
    let text = '';
    for await (const event of this.#engine.generate(prompt, params, { signal: input.signal })) {
      if (event.type === 'token') text += event.text;
      if (event.type === 'done' && event.finish === 'aborted') return null;
    }
    text = answerOf(text).trim();
    const messages = (dropped.length - first) * 2;
    return text === '' ? null : { text, modelId: chosen.id, messages };
  }
}

/** The exchanges, with the request for a summary as the next question. */
function summaryExchanges(dropped: readonly Exchange[], request: string): readonly Exchange[] {
  return [...dropped, { questionId: '', user: request, assistant: null }];
}

/** A summary must save room: it takes at most an eighth of the context window. */
function summaryTokens({ contextTokens, reserveTokens }: WindowSize): number {
  return Math.min(160, reserveTokens, Math.floor(contextTokens / 8));
}
