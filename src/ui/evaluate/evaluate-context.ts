/** The texts of Evaluate in Svelte's context. */
import { createContext } from 'svelte';
import type { EvaluateMessages } from '../../i18n/evaluate';

export const [getWords, setWords] = createContext<EvaluateMessages>();
