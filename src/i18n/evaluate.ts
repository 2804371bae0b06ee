/** The texts of Evaluate, apart from all others: most visits never need them. */
import type { InterfaceLanguage } from '../protocol/languages';
import type { EvaluateMessages } from './en/evaluate';

export type { EvaluateMessages };

const loaders: Readonly<Record<InterfaceLanguage, () => Promise<{ evaluate: EvaluateMessages }>>> =
  {
    en: () => import('./en/evaluate'),
    it: () => import('./it/evaluate'),
  };

export async function loadEvaluateTexts(language: InterfaceLanguage): Promise<EvaluateMessages> {
  return (await loaders[language]()).evaluate;
}
