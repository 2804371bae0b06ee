/** The widget's texts, apart from the app's: the app's first visit does not need them. */
import { widget as en, type WidgetTexts } from './en/widget';
import type { Texts } from './index';
import { widget as it } from './it/widget';

export type { WidgetTexts };

export function widgetTexts(language: Texts['language']): WidgetTexts {
  return { en, it }[language];
}
