/** What is asked of a model for one answer: its prompt and its sampling. */
import type { GenerateParams } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import { type AsOfDate, dateSentence } from './as-of-date';
import { documentSentence } from '../documents/document-prompt';
import { estimateTokens } from './context-window';
import type { Exchange } from '../chat/conversation';
import {
  type ConversationSettings,
  dateOfConversation,
  safetyOf,
} from '../chat/conversation-settings';
import type { CatalogueModel } from '../models/model';
import type { PromptSource } from './prompt-source';
import { safetyPrompt } from './safety';

interface SystemOptions {
  readonly today: AsOfDate;
  /** The newest question has a date of its own: told two dates, a small model takes the first. */
  readonly isDated: boolean;
  /** Documents stand in some question. */
  readonly hasDocuments?: boolean;
}

/** The system text of a prompt, but for the pinned instruction, which `prompt-source` puts in its place. */
export function systemText(
  model: CatalogueModel,
  settings: ConversationSettings,
  { today, isDated, hasDocuments = false }: SystemOptions,
): string {
  const date = isDated ? null : dateOfConversation(settings, model, today);
  const parts = [
    safetyPrompt(safetyOf(settings, model), model.systemPrompt),
    settings.systemPrompt,
    date === null ? '' : dateSentence(date),
    hasDocuments ? documentSentence : '',
  ];
  return parts.filter((part) => part !== '').join('\n');
}

export function promptSource(
  model: CatalogueModel,
  settings: ConversationSettings,
  exchanges: readonly Exchange[],
  today: AsOfDate,
): PromptSource {
  const isDated = exchanges.at(-1)?.system !== undefined;
  const hasDocuments = exchanges.some((exchange) => exchange.hasDocuments);
  return {
    template: model.template,
    system: systemText(model, settings, { today, isDated, hasDocuments }),
    pin: { text: settings.pinned, strength: settings.pinStrength },
    exchanges,
  };
}

export interface AttemptOptions {
  /** A second attempt at the same question is varied, or a greedy model would say the same again. */
  readonly varied: boolean;
  /** Which of several answers to the same question it is, from 0: each has a seed of its own. */
  readonly nth?: number;
}

export function generateParams(
  { sampling }: CatalogueModel,
  { varied, nth }: AttemptOptions,
): GenerateParams {
  const { seed, stop, topK, minP, frequencyPenalty, presencePenalty } = sampling;
  // A varied answer with the same seed would be the same each time.
  const keepsSeed = seed !== undefined && (!varied || nth !== undefined);
  return {
    maxTokens: sampling.maxAnswerTokens,
    temperature: varied ? Math.max(0.8, sampling.temperature) : sampling.temperature,
    topP: sampling.topP,
    repeatPenalty: sampling.repeatPenalty,
    ...(topK ? { topK } : {}),
    ...(minP ? { minP } : {}),
    ...(frequencyPenalty ? { frequencyPenalty } : {}),
    ...(presencePenalty ? { presencePenalty } : {}),
    ...(keepsSeed ? { seed: seed + (nth ?? 0) } : {}),
    ...(stop ? { stop } : {}),
  };
}

/** If the instructions alone cannot fit into the model's window; null if they can. */
export function instructionsError(
  model: CatalogueModel,
  settings: ConversationSettings,
  today: AsOfDate,
): AppError | null {
  const system = systemText(model, settings, { today, isDated: false });
  const promptTokens = estimateTokens(`${system}\n${settings.pinned}`);
  const { contextTokens } = model;
  return promptTokens < contextTokens
    ? null
    : new AppError('instructions-too-long', { promptTokens, contextTokens });
}
