/** The texts of Evaluate, apart from all others: most visits never need them. */
import type { EvaluateMessages } from './en/evaluate';

export type { EvaluateMessages };

export async function loadEvaluateTexts(language: 'en' | 'it'): Promise<EvaluateMessages> {
  return language === 'it'
    ? (await import('./it/evaluate')).evaluate
    : (await import('./en/evaluate')).evaluate;
}
