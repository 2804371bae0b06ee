/** What is asked of a model for one reply: its prompt and its sampling. */
import type { GenerateParams, Prompt } from '../protocol/engine';
import { AppError } from '../protocol/errors';
import { type AsOfDate, dateSentence } from './as-of-date';
import type { CatalogueModel } from './models/model';
import { chatPrompt } from './chat-prompt';
import { estimateTokens, fitToBudget } from './context-window';
import { type ConversationSettings, dateOfConversation, safetyOf } from './conversation-settings';
import type { Exchange } from './conversation';
import { safetyPrompt } from './safety';

export interface SystemOptions {
  readonly today: AsOfDate;
  /** The newest question has a date of its own: told two dates, a small model takes the first. */
  readonly isDated: boolean;
}

/** The system text of a prompt; the pinned instruction comes last, where small models heed it most. */
export function systemText(
  model: CatalogueModel,
  settings: ConversationSettings,
  { today, isDated }: SystemOptions,
): string {
  const date = isDated ? null : dateOfConversation(settings, model, today);
  const parts = [
    safetyPrompt(safetyOf(settings, model), model.systemPrompt),
    settings.systemPrompt,
    date === null ? '' : dateSentence(date),
    settings.pinned,
  ];
  return parts.filter((part) => part !== '').join('\n');
}

/** The exchanges that leave room for a full reply in the model's context window. */
export function visibleExchanges(
  model: CatalogueModel,
  system: string,
  exchanges: readonly Exchange[],
): readonly Exchange[] {
  const budgetTokens = model.contextTokens - model.sampling.maxReplyTokens;
  return fitToBudget(exchanges, { budgetTokens, system });
}

export function replyPrompt(
  model: CatalogueModel,
  system: string,
  exchanges: readonly Exchange[],
): Prompt {
  return chatPrompt(model.template, { system, exchanges });
}

export interface ReplyOptions {
  /** A second attempt at the same question is varied, or a greedy model would say the same again. */
  readonly varied: boolean;
  /** Which of several answers to the same question it is, from 0: each has a seed of its own. */
  readonly nth?: number;
}

export function replyParams(
  { sampling }: CatalogueModel,
  { varied, nth }: ReplyOptions,
): GenerateParams {
  const { seed, stop } = sampling;
  // A varied answer with the same seed would be the same each time.
  const keepsSeed = seed !== undefined && (!varied || nth !== undefined);
  return {
    maxTokens: sampling.maxReplyTokens,
    temperature: varied ? Math.max(0.8, sampling.temperature) : sampling.temperature,
    topP: sampling.topP,
    repeatPenalty: sampling.repeatPenalty,
    ...(keepsSeed ? { seed: seed + (nth ?? 0) } : {}),
    ...(stop ? { stop } : {}),
  };
}

/** Where nothing more can be left out: whether the message is too long or what goes before it. */
export function overflowOf(error: AppError, system: string, question: string): AppError {
  return estimateTokens(system) > estimateTokens(question)
    ? new AppError('instructions-too-long', error.data, { cause: error })
    : error;
}

/** If the system text alone cannot fit into the model's window; null if it can. */
export function instructionsError(
  model: CatalogueModel,
  settings: ConversationSettings,
  today: AsOfDate,
): AppError | null {
  const promptTokens = estimateTokens(systemText(model, settings, { today, isDated: false }));
  const { contextTokens } = model;
  return promptTokens < contextTokens
    ? null
    : new AppError('instructions-too-long', { promptTokens, contextTokens });
}
