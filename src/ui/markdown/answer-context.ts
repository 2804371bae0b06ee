/** The context that the page and an answer provide to their parts. */
import { createContext } from 'svelte';
import type { LinkTarget } from '../../core/markdown/link-target';
import type { AllTexts } from '../../i18n';
import type { CodeRunner } from '../../stores/markdown/code-run.svelte';
import type { Dictation } from '../../stores/speech/dictation.svelte';
import type { InterfaceLanguage } from '../../protocol/languages';
import type { ReadAloud } from '../../stores/speech/read-aloud.svelte';

export const [getOpenLink, setOpenLink] = createContext<(target: LinkTarget) => void>();

/** The tools for answers, and dictation. Implemented by `src/answer-tools.ts`. */
export interface AnswerTools {
  codeRunner(): CodeRunner;
  readerAloud(texts: AllTexts): ReadAloud;
  dictationInto(field: { draft: string }, language: InterfaceLanguage): Dictation;
}

export type LoadAnswerTools = () => Promise<AnswerTools>;

/** Null in a widget's frame. */
export const [getAnswerTools, setAnswerTools] = createContext<LoadAnswerTools | null>();
