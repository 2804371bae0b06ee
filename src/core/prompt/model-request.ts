/** The request to a model for one answer: its prompt and its sampling. */
import type { GenerateParams } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import { type AsOfDate, dateSentence } from './as-of-date';
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
  /** True if the newest question has its own date: of two dates, a small model follows the first. */
  readonly isDated: boolean;
}

/** A prompt's system text without the pinned instruction, which `prompt-source` adds. */
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
  return {
    template: model.template,
    system: systemText(model, settings, { today, isDated }),
    pin: { text: settings.pinned, strength: settings.pinStrength },
    exchanges,
  };
}

export interface AttemptOptions {
  /** True for a second attempt at the same question: a greedy model would repeat its answer. */
  readonly varied: boolean;
  /** Which of several answers to the same question it is, from 0: each has its own seed. */
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

/** The error if the instructions alone exceed the model's context window; null if they fit. */
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
