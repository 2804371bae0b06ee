/** What is asked of a model for one reply: its prompt and its sampling. */
import type { GenerateParams, Prompt } from '../protocol/engine';
import type { CatalogueModel } from './models/model';
import { chatPrompt } from './chat-prompt';
import { fitToBudget } from './context-window';
import type { Exchange } from './conversation';

/** The system text of a prompt; the pinned instruction comes last, where small models heed it most. */
export function systemText(model: CatalogueModel, pinned: string): string {
  return [model.systemPrompt, pinned].filter((part) => part !== '').join('\n');
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

/** A second attempt at the same question is varied, or a greedy model would say the same again. */
export function replyParams(
  { sampling }: CatalogueModel,
  { varied }: { varied: boolean },
): GenerateParams {
  return {
    maxTokens: sampling.maxReplyTokens,
    temperature: varied ? Math.max(0.8, sampling.temperature) : sampling.temperature,
    topP: sampling.topP,
    repeatPenalty: sampling.repeatPenalty,
  };
}
