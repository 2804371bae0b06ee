/** The widget's texts, apart from the app's: the app's first visit does not need them. */
import type { InterfaceLanguage } from '../protocol/languages';
import { widget as en, type WidgetTexts } from './en/widget';
import { widget as it } from './it/widget';

export type { WidgetTexts };

const texts: Readonly<Record<InterfaceLanguage, WidgetTexts>> = { en, it };

export const widgetTexts = (language: InterfaceLanguage): WidgetTexts => texts[language];
