/** Wires the titles that the model suggests. */
import type { ModelEngine } from './bridge/engine-client';
import type { TitleChoice } from './core/settings/preferences';
import type { Chat } from './stores/chat/chat.svelte';
import { Titles } from './stores/chat/titles';
import type { Models } from './stores/models/models.svelte';

export function makeTitles(
  { answering, sessions, window }: Chat,
  {
    engine,
    models,
    choice,
  }: {
    readonly engine: ModelEngine;
    readonly models: Models;
    readonly choice: () => TitleChoice;
  },
): void {
  answering.background = new Titles({ engine, models, window, sessions, choice });
}
