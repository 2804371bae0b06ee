/** The settings of the shown conversation. Changes apply from the next message on. */
import { cleanInput } from '../../core/chat/conversation';
import type { ConversationSettings } from '../../core/chat/conversation-settings';
import type { AsOfDate } from '../../core/prompt/as-of-date';
import { loaded } from '../../bridge/lazy';
import { AppError } from '../../protocol/errors';
import type { Models } from '../models/models.svelte';
import type { ConversationSessions } from './conversation-sessions.svelte';

export class CurrentSettings {
  readonly #sessions: ConversationSessions;
  readonly #models: Models;
  readonly #today: () => AsOfDate;

  /** `today` returns the visitor's local date. */
  constructor(sessions: ConversationSessions, models: Models, today: () => AsOfDate) {
    this.#sessions = sessions;
    this.#models = models;
    this.#today = today;
  }

  get current(): ConversationSettings {
    return this.#sessions.shown.current.settings;
  }

  /** The visitor's local date. */
  get today(): AsOfDate {
    return this.#today();
  }

  /** Changes the pinned instruction, its strength or its check. */
  pin(change: Partial<Pick<ConversationSettings, 'pinned' | 'pinStrength' | 'pinCheck'>>): void {
    const { pinned } = change;
    this.#set(pinned === undefined ? change : { ...change, pinned: cleanInput(pinned) ?? '' });
  }

  /** Returns null, or the reason why the change does not fit the chosen model; then nothing has changed. */
  async change(settings: Partial<ConversationSettings>): Promise<AppError | null> {
    try {
      const { instructionsError } = await loaded(import('../../core/prompt/model-request'));
      const next = { ...this.current, ...settings };
      const error = instructionsError(this.#models.chosen, next, this.today);
      if (!error) this.#set(settings);
      return error;
    } catch (cause) {
      return AppError.from(cause);
    }
  }

  #set(settings: Partial<ConversationSettings>): void {
    const { shown } = this.#sessions;
    shown.change({ ...shown.current, settings: { ...this.current, ...settings } });
  }
}
