/** The widget's own texts, handed down through Svelte's context. */
import { createContext } from 'svelte';
import type { WidgetTexts } from '../../i18n/widget';

export const [getWidgetTexts, setWidgetTexts] = createContext<WidgetTexts>();
