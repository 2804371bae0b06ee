/** Builds the prompt and sampling of an answer from the shown turns, and runs the engine. */
import type { Exchange, Turn } from '../../core/chat/conversation';
import type { ConversationSettings } from '../../core/chat/conversation-settings';
import type { GivenPassage } from '../../core/documents/document';
import type { CatalogueModel } from '../../core/models/model';
import type { AttemptOptions } from '../../core/prompt/model-request';
import type { ModelEngine, GenerateEvent } from '../../bridge/engine-client';
import { loaded } from '../../bridge/lazy';
import type { ContextWindow } from '../prompt/context-window.svelte';
import type { Models } from '../models/models.svelte';

/** Not part of the first load: a visitor can type without it. */
const loadRules = () =>
  loaded(
    Promise.all([
      import('../../core/prompt/chat-prompt'),
      import('../../core/prompt/model-request'),
    ]),
  );

export interface AnswerRequest extends AttemptOptions {
  /** The last one is the question. */
  readonly turns: readonly Turn[];
  readonly settings: ConversationSettings;
  /** Repeats the pinned instruction with the question. */
  readonly remind: boolean;
  /** The partial answer to continue; empty for a new one. */
  readonly partial: string;
  /** The model sees only the end of the partial answer. */
  readonly fromEnd?: boolean;
  readonly signal: AbortSignal;
  /** Called when the prompt is sent to the engine, with the passages of documents that it contains. */
  readonly onBegin: (given: readonly GivenPassage[]) => void;
  readonly onEvent: (event: GenerateEvent) => void;
}

/** What the prompt of an answer consists of; the grading question repeats it. */
export interface AnswerPrompt {
  readonly model: CatalogueModel;
  readonly system: string;
  readonly exchanges: readonly Exchange[];
}

export class AnswerGenerator {
  readonly #engine: ModelEngine;
  readonly #models: Models;
  readonly #window: ContextWindow;
  /** Kept: each `import` is a turn of the event loop, and the first token waits for it. */
  #rules: Awaited<ReturnType<typeof loadRules>> | undefined;

  constructor(engine: ModelEngine, models: Models, window: ContextWindow) {
    this.#engine = engine;
    this.#models = models;
    this.#window = window;
  }

  /**
   * The model must be loaded. Rejects with an AppError; an abort ends the events with `done`.
   *
   * Where nothing has to be fetched or counted, the engine gets the prompt within this call, and so before the page draws
   * the question: docs/decisions/0037-first-token.md.
   */
  async write(request: AnswerRequest): Promise<AnswerPrompt> {
    const { turns, settings, signal, onBegin, onEvent } = request;
    const { chosen } = this.#models;
    const [{ answerPiece }, { modelAsAsked, generateParams }] = (this.#rules ??= await loadRules());
    const model = modelAsAsked(chosen, settings);
    const { prompt, system, exchanges, given } =
      this.#window.promptNow(turns, settings, request) ??
      (await this.#window.prompt(turns, settings, request));
    onBegin(given);
    let isFirst = request.partial === '';
    for await (const event of this.#engine.generate(prompt, generateParams(model, request), {
      signal,
    })) {
      if (event.type === 'token' && event.text !== '') {
        onEvent({ ...event, text: answerPiece(model.template, event.text, isFirst) });
        isFirst = false;
      } else onEvent(event);
    }
    return { model, system, exchanges };
  }
}
