/** The request to a model for one answer: its prompt and its sampling. */
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
import { thoughtOpening } from './chat-prompt';
import { thinkingOf, withThinking } from './prompt-format';
import { withSampling } from './sampling';
import { splitThoughts } from '../chat/thoughts';

interface SystemOptions {
  readonly today: AsOfDate;
  /** True if the newest question has its own date: of two dates, a small model follows the first. */
  readonly isDated: boolean;
  /** Documents stand in some question. */
  readonly hasDocuments?: boolean;
}

/** A prompt's system text without the pinned instruction, which `prompt-source` adds. */
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

/** The model as the conversation's settings have it asked. */
export function modelAsAsked(
  model: CatalogueModel,
  { sampling, thinking }: Pick<ConversationSettings, 'sampling' | 'thinking'>,
): CatalogueModel {
  return withSampling({ ...model, template: withThinking(model.template, thinking) }, sampling);
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
    template: withThinking(model.template, settings.thinking),
    system: systemText(model, settings, { today, isDated, hasDocuments }),
    pin: { text: settings.pinned, strength: settings.pinStrength },
    exchanges,
  };
}

export interface AttemptOptions {
  /** True for a second attempt at the same question: a greedy model would repeat its answer. */
  readonly varied: boolean;
  /** Which of several answers to the same question it is, from 0: each has its own seed. */
  readonly nth?: number;
  /** What there is of the answer, to be continued. */
  readonly partial?: string;
}

/** Of the model as `modelAsAsked` has it. */
export function generateParams(
  { sampling, template }: Pick<CatalogueModel, 'sampling' | 'template'>,
  { varied, nth, partial = '' }: AttemptOptions,
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
    ...thoughtLimit({ sampling, template }, partial),
  };
}

/**
 * None where the model's marks are not known, or an answer is continued that is past its thoughts. At least half of
 * the reply is left for the answer itself.
 */
function thoughtLimit(
  { sampling, template }: Pick<CatalogueModel, 'sampling' | 'template'>,
  partial: string,
): Pick<GenerateParams, 'thoughts'> {
  const { thoughtTokens, maxAnswerTokens } = sampling;
  const marks = thinkingOf(template);
  if (!marks || thoughtTokens === undefined) return {};
  const budgetTokens = Math.min(thoughtTokens, Math.floor(maxAnswerTokens / 2));
  const { opening, closing } = marks;
  const isInside = splitThoughts(partial).answer === '';
  if (partial !== '' && !isInside) return {};
  const isOpen =
    partial === '' ? thoughtOpening(template) !== '' : partial.trimStart().startsWith(opening);
  return { thoughts: { budgetTokens, opening, closing, isOpen } };
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
