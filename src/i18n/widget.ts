/** The widget's texts, separate from the app's, which do not need them on the first visit. */
import { widget as en, type WidgetTexts } from './en/widget';
import type { Texts } from './index';
import { widget as it } from './it/widget';

export type { WidgetTexts };

export function widgetTexts(language: Texts['language']): WidgetTexts {
  return { en, it }[language];
}
