/** The texts of Evaluate, loaded separately: most visits never need them. */
import type { EvaluateMessages } from './en/evaluate';

export type { EvaluateMessages };

export async function loadEvaluateTexts(language: 'en' | 'it'): Promise<EvaluateMessages> {
  return language === 'it'
    ? (await import('./it/evaluate')).evaluate
    : (await import('./en/evaluate')).evaluate;
}
