/**
 * Plans which part of a conversation the chosen model sees, and builds its prompts; loaded with the first
 * `preview`.
 */
import type { AsOfDate } from '../../core/prompt/as-of-date';
import {
  type CountPart,
  planWindow,
  type WindowPlan,
  type WindowSize,
  windowSize,
} from '../../core/prompt/context-window';
import type { Exchange, Turn } from '../../core/chat/conversation';
import { exchangesOf, withPartial } from '../../core/chat/exchanges';
import type { ConversationSettings } from '../../core/chat/conversation-settings';
import type { PromptSource } from '../../core/prompt/prompt-source';
import type { GivenPassage } from '../../core/documents/document';
import { promptSource } from '../../core/prompt/model-request';
import { withSampling } from '../../core/prompt/sampling';
import type { ModelEngine } from '../../bridge/engine-client';
import type { Prompt } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import type { Models } from '../models/models.svelte';
import type { Documents, QuestionDocuments } from '../documents/documents.svelte';
import { TokenCounts } from './token-counts';

export interface WindowView {
  readonly plan: WindowPlan;
  /** False if a number is an estimate: no model is loaded, or its answer is more urgent than the count. */
  readonly isExact: boolean;
  /** The oldest question in the window if earlier ones no longer fit; null if all fit. */
  readonly firstSeenId: string | null;
  /** The approximate number of tokens that documents and their passages take. */
  readonly documentTokens: number;
}

export interface PromptOptions {
  /** Repeats the pinned instruction with the question. */
  readonly remind: boolean;
  /** The partial answer to continue. */
  readonly partial?: string;
  /** Uses only the end of the partial answer, which leaves room for a whole answer. */
  readonly fromEnd?: boolean;
}

export interface PlannedPrompt {
  readonly prompt: Prompt;
  readonly system: string;
  readonly exchanges: readonly Exchange[];
  /** The passages of large documents in the newest question. */
  readonly given: readonly GivenPassage[];
}

/**
 * The share of the window beside the answer that the documents of one question may take. If the prompt does not fit,
 * the next smaller share is tried.
 */
const documentShares = [0.5, 0.25, 0.1];

/** A placeholder for the next question. */
const nextQuestion: Exchange = { questionId: '', user: '', assistant: null };

export class PromptPlanner {
  readonly #engine: ModelEngine;
  readonly #models: Models;
  readonly #today: () => AsOfDate;
  readonly #documents: Documents | null;
  readonly #counts = new TokenCounts();

  /** `today` returns the visitor's local date. */
  constructor(
    engine: ModelEngine,
    models: Models,
    today: () => AsOfDate,
    documents: Documents | null,
  ) {
    this.#documents = documents;
    this.#engine = engine;
    this.#models = models;
    this.#today = today;
  }

  /** Computes how the next question would fill the window. Never rejects. */
  async preview(turns: readonly Turn[], settings: ConversationSettings): Promise<WindowView> {
    const size = this.size(settings);
    const documented = await this.#withDocuments(turns, size, documentShares[0]!, true).catch(
      () => null,
    );
    const asked = exchangesOf(documented?.turns ?? turns);
    const isOpen = asked.at(-1)?.assistant === null;
    const source = this.#source(isOpen ? asked : [...asked, nextQuestion], settings);
    const view = (plan: WindowPlan, isExact: boolean) => viewOf(source, plan, isExact, documented);
    const counts = this.#counts.forModel(this.#models.chosen.id);
    const { value, isExact } = counts.estimate((count) => planWindow(source, size, count));
    if (isExact || this.#models.state.phase !== 'ready') return view(value, isExact);
    try {
      return view(await this.#exactPlan(source, size), true);
    } catch {
      // The model went away in the meantime.
      return view(value, false);
    }
  }

  /**
   * As `prompt`, at once: the engine need not count tokens first if they are known, or if the prompt fits whatever they
   * are. Null if it must, or if there are documents.
   */
  promptNow(
    turns: readonly Turn[],
    settings: ConversationSettings,
    { remind, partial = '', fromEnd = false }: PromptOptions,
    onPlan: (view: WindowView) => void,
  ): PlannedPrompt | null {
    if (fromEnd || (this.#documents && hasDocuments(turns))) return null;
    const size = this.size(settings);
    const exchanges = withPartial(exchangesOf(turns), partial);
    const source = { ...this.#source(exchanges, settings), remind };
    const compute = (count: CountPart) => planWindow(source, size, count);
    const counts = this.#counts.forModel(this.#models.chosen.id);
    const { value: plan, isExact } = counts.estimate(compute);
    const most = isExact ? plan : counts.atMost(compute);
    const fits = most.promptTokens <= size.contextTokens - size.reserveTokens;
    if (!fits || most.first !== plan.first) return null;
    onPlan(viewOf(source, plan, isExact, null));
    return planned(source, plan, []);
  }

  /** `onPlan` gets the view of the window, also if the prompt does not fit. */
  async prompt(
    turns: readonly Turn[],
    settings: ConversationSettings,
    { remind, partial = '', fromEnd = false }: PromptOptions,
    onPlan: (view: WindowView) => void,
  ): Promise<PlannedPrompt> {
    const size = this.size(settings);
    for (const share of documentShares) {
      const documented = await this.#withDocuments(turns, size, share);
      const exchanges = exchangesOf(documented?.turns ?? turns);
      const sourceFrom = (beginning: string) => ({
        ...this.#source(withPartial(exchanges, beginning), settings),
        remind,
      });
      const whole = sourceFrom(partial);
      const source = fromEnd ? sourceFrom(await this.#endOfAnswer(whole, size)) : whole;
      const plan = await this.#exactPlan(source, size);
      const isOfDocuments = plan.fault === 'message-too-long' && documented?.isInNewest === true;
      if (isOfDocuments && share !== documentShares.at(-1)) continue;
      onPlan(viewOf(source, plan, true, documented));
      if (isOfDocuments)
        throw new AppError('document-no-room', { contextTokens: size.contextTokens });
      if (plan.fault) throw await this.#overflow(source, plan);
      return planned(source, plan, documented?.given ?? []);
    }
    throw new AppError('document-no-room');
  }

  /** The turns with their documents in the questions; null if there are no documents. */
  async #withDocuments(
    turns: readonly Turn[],
    { contextTokens, reserveTokens }: WindowSize,
    share: number,
    isPreview = false,
  ): Promise<QuestionDocuments | null> {
    if (!this.#documents || !hasDocuments(turns)) return null;
    const { withDocuments } = await import('../documents/question-documents');
    const budgetTokens = Math.floor((contextTokens - reserveTokens) * share);
    return withDocuments(turns, this.#documents, { budgetTokens, isPreview });
  }

  /** As `prompt`, for a request that is not part of the conversation. */
  async planRequest(
    exchanges: readonly Exchange[],
    settings: ConversationSettings,
  ): Promise<WindowPlan> {
    const source = this.#source(exchanges, settings);
    const plan = await this.#exactPlan(source, this.size(settings));
    if (plan.fault) throw await this.#overflow(source, plan);
    return plan;
  }

  size({ sampling }: ConversationSettings): WindowSize {
    const { chosen, state } = this.#models;
    const { contextTokens } = state.phase === 'ready' ? state : chosen;
    return windowSize(contextTokens, withSampling(chosen, sampling).sampling.maxAnswerTokens);
  }

  #source(exchanges: readonly Exchange[], settings: ConversationSettings): PromptSource {
    return promptSource(this.#models.chosen, settings, exchanges, this.#today());
  }

  #exactPlan(source: PromptSource, size: WindowSize): Promise<WindowPlan> {
    return this.#counts.forModel(this.#models.chosen.id).exact(
      (count) => planWindow(source, size, count),
      (prompt) => this.#engine.countTokens(prompt),
    );
  }

  /**
   * The longest end of the partial answer that leaves room for a whole answer beside the question; empty if
   * none does.
   */
  async #endOfAnswer(source: PromptSource, size: WindowSize): Promise<string> {
    const { partial = '', ...question } = source.exchanges.at(-1)!;
    const roomTokens = size.contextTokens - size.reserveTokens;
    const fits = async (end: string) => {
      const alone = { ...source, exchanges: [{ ...question, partial: end }] };
      return (await this.#exactPlan(alone, size)).promptTokens <= roomTokens;
    };
    const { longestEnd } = await import('../../core/chat/message-end');
    return longestEnd(partial, 0.5, fits);
  }

  /** The error, with the length of the message's or the answer's end that would fit. */
  async #overflow(source: PromptSource, plan: WindowPlan): Promise<AppError> {
    const { promptTokens, contextTokens, minAnswerTokens } = plan;
    const data = { promptTokens, contextTokens, reserveTokens: minAnswerTokens };
    if (plan.fault === 'instructions-too-long') return new AppError(plan.fault, data);
    const { partial = '', ...question } = source.exchanges.at(-1)!;
    if (plan.fault === 'answer-too-long') {
      const end = await this.#endOfAnswer(source, plan);
      const figures = { keepCharacters: end.length, ofCharacters: partial.length };
      return new AppError(plan.fault, { ...data, ...figures });
    }
    const fits = async (end: string) => {
      const alone = { ...source, exchanges: [{ ...question, user: end }] };
      return (await this.#exactPlan(alone, plan)).fault === null;
    };
    const share = (contextTokens - minAnswerTokens) / promptTokens;
    const { longestEnd } = await import('../../core/chat/message-end');
    const end = await longestEnd(question.user, share, fits);
    return new AppError('context-overflow', {
      ...data,
      keepCharacters: end.length,
      ofCharacters: question.user.length,
    });
  }
}

const hasDocuments = (turns: readonly Turn[]) =>
  turns.some((turn) => turn.role === 'user' && turn.attachments?.length);

function planned(
  { system, exchanges }: PromptSource,
  { prompt, first }: WindowPlan,
  given: readonly GivenPassage[],
): PlannedPrompt {
  return { prompt, system, exchanges: exchanges.slice(first), given };
}

function viewOf(
  { exchanges }: PromptSource,
  plan: WindowPlan,
  isExact: boolean,
  documented: QuestionDocuments | null,
): WindowView {
  const firstSeenId = plan.first > 0 ? exchanges[plan.first]!.questionId : null;
  const documentTokens = exchanges
    .slice(plan.first)
    .reduce((sum, { questionId }) => sum + (documented?.tokens.get(questionId) ?? 0), 0);
  return { plan, isExact, firstSeenId, documentTokens };
}
