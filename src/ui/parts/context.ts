/** What every component may need, handed down through Svelte's context. */
import { createContext } from 'svelte';
import type { Texts } from '../../i18n';
import type { Offline } from '../../stores/offline.svelte';

export const [getTexts, setTexts] = createContext<Texts>();
export const [getOffline, setOffline] = createContext<Offline>();
