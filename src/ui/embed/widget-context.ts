/** The widget's texts in Svelte's context. */
import { createContext } from 'svelte';
import type { WidgetTexts } from '../../i18n/widget';

export const [getWidgetTexts, setWidgetTexts] = createContext<WidgetTexts>();
