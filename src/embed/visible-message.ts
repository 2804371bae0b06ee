/** Removes invisible characters from texts that a site sends for its visitor's chat. */
import { visibleText } from '../core/visible-text';
import type { HostMessage, WidgetOptions } from '../protocol/widget';

/** These texts go to the model, and the visitor can read them. */
export function visibleOptions(options: WidgetOptions): WidgetOptions {
  const shown = ['systemPrompt', 'pinned', 'placeholder'] as const;
  const texts = shown.flatMap((name) => {
    const text = options[name];
    return text === undefined ? [] : [[name, visibleText(text)] as const];
  });
  return { ...options, ...Object.fromEntries(texts) };
}

export function visibleMessage(message: HostMessage): HostMessage {
  switch (message.type) {
    case 'configure':
      return { ...message, options: visibleOptions(message.options) };
    case 'prefill':
      return { ...message, text: visibleText(message.text) };
    default:
      return message;
  }
}
