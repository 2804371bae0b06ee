/** What every component may need, handed down through Svelte's context. */
import { createContext } from 'svelte';
import type { Texts } from '../../i18n';

export const [getTexts, setTexts] = createContext<Texts>();
