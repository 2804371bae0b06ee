/** The part of the open conversation that fits into the chosen model's context window, and its prompts. */
import type { AsOfDate } from '../../core/prompt/as-of-date';
import type { WindowPlan, WindowSize } from '../../core/prompt/context-window';
import type { Exchange, Turn } from '../../core/chat/conversation';
import type { ConversationSettings } from '../../core/chat/conversation-settings';
import type { ModelEngine } from '../../bridge/engine-client';
import { loaded } from '../../bridge/lazy';
import type { Documents } from '../documents/documents.svelte';
import type { Models } from '../models/models.svelte';
import type { PlannedPrompt, PromptOptions, PromptPlanner, WindowView } from './prompt-planner';

export class ContextWindow {
  /** The result of the last `update`; null before the first. */
  view = $state.raw<WindowView | null>(null);

  readonly #engine: ModelEngine;
  readonly #models: Models;
  readonly #today: () => AsOfDate;
  readonly #documents: Documents | null;
  /** Not part of the first load: a visitor can type without it. */
  #planner: PromptPlanner | null = null;
  #updates = 0;

  /** `today` returns the visitor's local date. */
  constructor(
    engine: ModelEngine,
    models: Models,
    today: () => AsOfDate,
    documents: Documents | null = null,
  ) {
    this.#documents = documents;
    this.#today = today;
    this.#engine = engine;
    this.#models = models;
  }

  /** Changes when token counts may change: with the chosen model, and when it is loaded. */
  get counter(): string {
    const { chosen, state } = this.#models;
    return `${chosen.id} ${state.phase === 'ready' ? state.contextTokens : ''}`;
  }

  /** The name in the list of models. */
  modelName(modelId: string): string {
    return this.#models.list.find(({ id }) => id === modelId)?.name ?? modelId;
  }

  /** Computes how the next question would fill the window. Never rejects. */
  async update(turns: readonly Turn[], settings: ConversationSettings): Promise<void> {
    const show = this.#nextView();
    // Without the planner there is no view; the next question shows the error.
    const planner = await this.#load().catch(() => null);
    if (planner) show(await planner.preview(turns, settings));
  }

  /** As `prompt`, at once; null if that takes time. */
  promptNow(
    turns: readonly Turn[],
    settings: ConversationSettings,
    options: PromptOptions,
  ): PlannedPrompt | null {
    return this.#planner?.promptNow(turns, settings, options, this.#nextView()) ?? null;
  }

  /**
   * The prompt for the last question and its partial answer; the model must be loaded. Rejects with
   * `context-overflow` or `instructions-too-long` if they do not fit even alone.
   */
  async prompt(
    turns: readonly Turn[],
    settings: ConversationSettings,
    options: PromptOptions,
  ): Promise<PlannedPrompt> {
    const show = this.#nextView();
    return (await this.#load()).prompt(turns, settings, options, show);
  }

  /** As `prompt`, for a request that is not part of the conversation. */
  async planRequest(
    exchanges: readonly Exchange[],
    settings: ConversationSettings,
  ): Promise<WindowPlan> {
    return (await this.#load()).planRequest(exchanges, settings);
  }

  /** The tokens of a text by the loaded model's tokenizer; null if no model is loaded. */
  async countText(text: string): Promise<number | null> {
    if (this.#models.state.phase !== 'ready') return null;
    try {
      const [tokens = null] = await this.#engine.countTokens([{ type: 'text', text }]);
      return tokens;
    } catch {
      return null;
    }
  }

  async size(settings: ConversationSettings): Promise<WindowSize> {
    return (await this.#load()).size(settings);
  }

  async #load(): Promise<PromptPlanner> {
    if (this.#planner) return this.#planner;
    const { PromptPlanner } = await loaded(import('./prompt-planner'));
    return (this.#planner ??= new PromptPlanner(
      this.#engine,
      this.#models,
      this.#today,
      this.#documents,
    ));
  }

  /** Shows the given view, unless there was another `update` meanwhile. */
  #nextView(): (view: WindowView) => void {
    const update = ++this.#updates;
    return (view) => {
      if (update === this.#updates) this.view = view;
    };
  }
}
