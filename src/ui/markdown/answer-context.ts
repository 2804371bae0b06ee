/** What the page and an answer provide to its parts. */
import { createContext } from 'svelte';
import type { LinkTarget } from '../../core/markdown/link-target';
import type { AllTexts } from '../../i18n';
import type { CodeRunner } from '../../stores/markdown/code-run.svelte';
import type { ReadAloud } from '../../stores/speech/read-aloud.svelte';

export const [getOpenLink, setOpenLink] = createContext<(target: LinkTarget) => void>();

/** What can be done with an answer besides reading it. */
export interface AnswerTools {
  readonly loadCodeRunner: () => Promise<CodeRunner>;
  readonly loadReadAloud: (texts: AllTexts) => Promise<ReadAloud>;
}

/** Null in a widget's frame. */
export const [getAnswerTools, setAnswerTools] = createContext<AnswerTools | null>();
