/** What is asked of a model for one reply: its prompt and its sampling. */
import type { GenerateParams } from '../protocol/engine';
import type { Exchange } from './conversation';
import type { ConversationSettings } from './conversation-settings';
import type { CatalogueModel } from './models/model';
import type { PromptSource } from './prompt-source';

export function promptSource(
  model: CatalogueModel,
  { pinned, pinStrength }: ConversationSettings,
  exchanges: readonly Exchange[],
): PromptSource {
  return {
    template: model.template,
    system: model.systemPrompt,
    pin: { text: pinned, strength: pinStrength },
    exchanges,
  };
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
