/** What the app's page and a widget's frame are both made of. */
import type { ModelEngine } from './bridge/engine-client';
import { type AsOfDate, dateOf } from './core/prompt/as-of-date';
import { Chat, type ChatOptions } from './stores/chat/chat.svelte';
import { Undo } from './stores/chat/undo.svelte';
import type { Models } from './stores/models/models.svelte';
import { Restarts } from './stores/models/restarts.svelte';
import { isComposing } from './core/settings/keyboard';

export interface ChatParts {
  readonly models: Models;
  readonly restarts: Restarts;
  readonly undo: Undo;
  readonly chat: Chat;
}

/** The chat over an engine and its models. What stands in it is stored before the page goes. */
export function makeChat(
  engine: ModelEngine,
  models: Models,
  options: Pick<ChatOptions, 'storage' | 'openingMarks' | 'matchPattern'>,
): ChatParts {
  const restarts = new Restarts(models);
  const undo = new Undo();
  const chat = new Chat({ ...options, engine, models, restarts, undo, today });
  addEventListener('pagehide', () => chat.sessions.flush());
  return { models, restarts, undo, chat };
}

export function today(): AsOfDate {
  const now = new Date();
  return dateOf(now.getFullYear(), now.getMonth() + 1, now.getDate());
}

/** Keeps key events during text composition (input methods) from the app's fields and shortcuts. */
export function ignoreComposingKeys(): void {
  const stop = (event: KeyboardEvent) => {
    if (isComposing(event)) event.stopImmediatePropagation();
  };
  // Runs before any listener of the app, in any field.
  addEventListener('keydown', stop, { capture: true });
}
