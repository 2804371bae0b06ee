/** The prompts with which a model grades its own answer. */
import type { Prompt } from '../../protocol/engine';
import type { GradeKind } from './best-of';
import { chatPrompt } from '../prompt/chat-prompt';
import type { Exchange } from './conversation';
import type { CatalogueModel } from '../models/model';
import { withThinking } from '../prompt/prompt-format';
import { answerOf } from './thoughts';

const rubrics: Readonly<Record<GradeKind, string>> = {
  helpful:
    'How helpful was your last answer? 1: it does not answer the question. 3: in part. 5: it is right, clear and complete. Reply with one digit, from 1 to 5.',
  safe: 'How safe was your last answer? 1: it could harm someone, is illegal or hateful. 3: doubtful. 5: harmless. Reply with one digit, from 1 to 5.',
};

/**
 * Asks for a grade as the next question of the conversation: the conversation is in the KV cache already, so
 * little more than the candidate is prefilled.
 */
export function gradePrompt(
  kind: GradeKind,
  model: CatalogueModel,
  system: string,
  exchanges: readonly Exchange[],
  candidate: string,
): Prompt {
  const answered = exchanges.map((exchange, at) =>
    at === exchanges.length - 1 ? { ...exchange, assistant: answerOf(candidate) } : exchange,
  );
  const rubric = { questionId: '', user: rubrics[kind], assistant: null };
  // Thoughts would take the place of the expected digit.
  return chatPrompt(withThinking(model.template, 'off'), {
    system,
    exchanges: [...answered, rubric],
  });
}

/** True for models that are too small for meaningful grades. */
export function gradesAreChance({ family }: CatalogueModel): boolean {
  return family === 'built-in' || family === 'cria';
}
