/** From the turns that are shown to the engine's answer: what the model sees, and how it is sampled. */
import { answerPiece } from '../core/chat-prompt';
import type { Turn } from '../core/conversation';
import type { ConversationSettings } from '../core/conversation-settings';
import { replyParams } from '../core/reply';
import type { EngineClient, GenerateEvent } from '../engine/client';
import type { ContextWindow } from './context-window.svelte';
import type { Models } from './models.svelte';

export interface ReplyOptions {
  /** Another attempt at the same question. */
  readonly varied: boolean;
  /** The pinned instruction is said again with the question. */
  readonly remind: boolean;
}

export interface ReplyOrder extends ReplyOptions {
  /** The last one is the question. */
  readonly turns: readonly Turn[];
  readonly settings: ConversationSettings;
  readonly signal: AbortSignal;
  /** The prompt goes to the engine now. */
  readonly onBegin: () => void;
  readonly onEvent: (event: GenerateEvent) => void;
}

export class Replies {
  readonly #engine: EngineClient;
  readonly #models: Models;
  readonly #window: ContextWindow;

  constructor(engine: EngineClient, models: Models, window: ContextWindow) {
    this.#engine = engine;
    this.#models = models;
    this.#window = window;
  }

  /** The model must be loaded. Rejects with an AppError; an abort ends the events with `done`. */
  async write({ turns, settings, signal, onBegin, onEvent, ...options }: ReplyOrder) {
    const { chosen } = this.#models;
    const prompt = await this.#window.prompt(turns, settings, options);
    onBegin();
    let isFirst = true;
    for await (const event of this.#engine.generate(prompt, replyParams(chosen, options), {
      signal,
    })) {
      if (event.type === 'token' && event.text !== '') {
        onEvent({ ...event, text: answerPiece(chosen.template, event.text, isFirst) });
        isFirst = false;
      } else onEvent(event);
    }
  }
}
