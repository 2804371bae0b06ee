/** The texts of Evaluate, handed down. */
import { createContext } from 'svelte';
import type { EvaluateMessages } from '../../i18n/evaluate';

export const [getWords, setWords] = createContext<EvaluateMessages>();
