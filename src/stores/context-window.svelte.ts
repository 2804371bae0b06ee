/** What the chosen model sees of the open conversation, and the prompts that come of it. */
import { planWindow, type WindowPlan, type WindowSize, windowSize } from '../core/context-window';
import { type Exchange, exchangesOf, type Turn, withBegun } from '../core/conversation';
import type { ConversationSettings } from '../core/conversation-settings';
import type { PromptSource } from '../core/prompt-source';
import { promptSource } from '../core/reply';
import { withSampling } from '../core/sampling';
import type { AsOfDate } from '../core/as-of-date';
import type { ModelEngine } from '../bridge/engine-client';
import type { Prompt } from '../protocol/engine';
import { AppError } from '../protocol/errors';
import type { Models } from './models.svelte';
import { TokenCounts } from './token-counts';

export interface WindowView {
  readonly plan: WindowPlan;
  /** False where a figure is an estimate: no model is loaded that could count. */
  readonly isExact: boolean;
  /** The oldest question that the model still sees, where earlier ones no longer fit; null if all do. */
  readonly firstSeenId: string | null;
}

/** Stands for the next question, which is not asked yet. */
const nextQuestion: Exchange = { questionId: '', user: '', assistant: null };

export interface PromptOptions {
  /** The pinned instruction is said again with the question. */
  readonly remind: boolean;
  /** What there is of the answer, to be continued. */
  readonly begun?: string;
  /** Of that, only the end: so much as leaves room for a whole reply. */
  readonly fromEnd?: boolean;
}

export class ContextWindow {
  /** As of the last look; null before the first. */
  view = $state.raw<WindowView | null>(null);

  readonly #engine: ModelEngine;
  readonly #models: Models;
  readonly #today: () => AsOfDate;
  readonly #counts = new TokenCounts();
  #looks = 0;

  /** `today` gives the day where the visitor is. */
  constructor(engine: ModelEngine, models: Models, today: () => AsOfDate) {
    this.#today = today;
    this.#engine = engine;
    this.#models = models;
  }

  /** Changes with what counts: the chosen model, and whether it is loaded. */
  get counter(): string {
    const { chosen, state } = this.#models;
    return `${chosen.id} ${state.phase === 'ready' ? state.contextTokens : ''}`;
  }

  /** As the list of models has it. */
  modelName(modelId: string): string {
    return this.#models.list.find(({ id }) => id === modelId)?.name ?? modelId;
  }

  /** Looks at how the window would be filled if the next question came now. Never rejects. */
  async look(turns: readonly Turn[], settings: ConversationSettings): Promise<void> {
    const look = ++this.#looks;
    const asked = exchangesOf(turns);
    const isOpen = asked.at(-1)?.assistant === null;
    const source = promptSource(
      this.#models.chosen,
      settings,
      isOpen ? asked : [...asked, nextQuestion],
      this.#today(),
    );
    const size = this.size(settings);
    const counts = this.#counts.forModel(this.#models.chosen.id);
    const { value, isExact } = counts.estimate((count) => planWindow(source, size, count));
    if (isExact || this.#models.state.phase !== 'ready') {
      this.#show(source, value, isExact);
      return;
    }
    try {
      const plan = await this.#exactPlan(source, size);
      if (look === this.#looks) this.#show(source, plan, true);
    } catch {
      // The model went away in the meantime.
      if (look === this.#looks) this.#show(source, value, false);
    }
  }

  /**
   * The prompt for the question that the turns end with, and what there is of its answer; the model must be
   * loaded. Rejects with
   * `context-overflow` or `instructions-too-long` when that does not fit with nothing else around it.
   */
  async prompt(
    turns: readonly Turn[],
    settings: ConversationSettings,
    { remind, begun = '', fromEnd = false }: PromptOptions,
  ): Promise<{ prompt: Prompt; system: string; seen: readonly Exchange[] }> {
    const look = ++this.#looks;
    const exchanges = exchangesOf(turns);
    const sourceFrom = (beginning: string) => {
      const asked = withBegun(exchanges, beginning);
      return { ...promptSource(this.#models.chosen, settings, asked, this.#today()), remind };
    };
    const size = this.size(settings);
    const whole = sourceFrom(begun);
    const source = fromEnd ? sourceFrom(await this.#endOfAnswer(whole, size)) : whole;
    const plan = await this.#exactPlan(source, size);
    if (look === this.#looks) this.#show(source, plan, true);
    if (plan.fault) throw await this.#overflow(source, plan);
    const { prompt, first } = plan;
    return { prompt, system: source.system, seen: source.exchanges.slice(first) };
  }

  /** As `prompt`, for a request that is not part of the conversation. */
  async promptAside(
    exchanges: readonly Exchange[],
    settings: ConversationSettings,
  ): Promise<{ readonly prompt: Prompt; readonly first: number }> {
    const source = promptSource(this.#models.chosen, settings, exchanges, this.#today());
    const plan = await this.#exactPlan(source, this.size(settings));
    if (plan.fault) throw await this.#overflow(source, plan);
    return plan;
  }

  /** Tokens of a text by the loaded model's tokenizer; null if none is loaded, or it went away. */
  async countText(text: string): Promise<number | null> {
    if (this.#models.state.phase !== 'ready') return null;
    try {
      const [tokens = null] = await this.#engine.countTokens([{ type: 'text', text }]);
      return tokens;
    } catch {
      return null;
    }
  }

  size({ sampling }: ConversationSettings): WindowSize {
    const { chosen, state } = this.#models;
    const { contextTokens } = state.phase === 'ready' ? state : chosen;
    return windowSize(contextTokens, withSampling(chosen, sampling).sampling.maxReplyTokens);
  }

  #exactPlan(source: PromptSource, size: WindowSize): Promise<WindowPlan> {
    return this.#counts.forModel(this.#models.chosen.id).exact(
      (count) => planWindow(source, size, count),
      (prompt) => this.#engine.countTokens(prompt),
    );
  }

  #show({ exchanges }: PromptSource, plan: WindowPlan, isExact: boolean): void {
    const firstSeenId = plan.first > 0 ? exchanges[plan.first]!.questionId : null;
    this.view = { plan, isExact, firstSeenId };
  }

  /** As much of it as leaves room for a whole reply beside the question alone; empty if none does. */
  async #endOfAnswer(source: PromptSource, size: WindowSize): Promise<string> {
    const { begun = '', ...question } = source.exchanges.at(-1)!;
    const roomTokens = size.contextTokens - size.reserveTokens;
    const fits = async (end: string) => {
      const alone = { ...source, exchanges: [{ ...question, begun: end }] };
      return (await this.#exactPlan(alone, size)).promptTokens <= roomTokens;
    };
    const { longestEnd } = await import('../core/message-end');
    return longestEnd(begun, 0.5, fits);
  }

  /** With how much of the message's, or the answer's, end would fit. */
  async #overflow(source: PromptSource, plan: WindowPlan): Promise<AppError> {
    const { promptTokens, contextTokens, leastReplyTokens } = plan;
    const data = { promptTokens, contextTokens, reserveTokens: leastReplyTokens };
    if (plan.fault === 'instructions-too-long') return new AppError(plan.fault, data);
    const { begun = '', ...question } = source.exchanges.at(-1)!;
    if (plan.fault === 'answer-too-long') {
      const end = await this.#endOfAnswer(source, plan);
      const figures = { keepCharacters: end.length, ofCharacters: begun.length };
      return new AppError(plan.fault, { ...data, ...figures });
    }
    const fits = async (end: string) => {
      const alone = { ...source, exchanges: [{ ...question, user: end }] };
      return (await this.#exactPlan(alone, plan)).fault === null;
    };
    const share = (contextTokens - leastReplyTokens) / promptTokens;
    const { longestEnd } = await import('../core/message-end');
    const end = await longestEnd(question.user, share, fits);
    return new AppError('context-overflow', {
      ...data,
      keepCharacters: end.length,
      ofCharacters: question.user.length,
    });
  }
}
