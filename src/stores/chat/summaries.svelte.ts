/** Summaries of what no longer fits into the context window: written by the model on request, and removed. */
import { activePath, replaced } from '../../core/chat/branches';
import type { UserTurn } from '../../core/chat/conversation';
import type { ModelEngine } from '../../bridge/engine-client';
import { AppError } from '../../protocol/errors';
import type { Models } from '../models/models.svelte';
import type { ContextWindow } from '../prompt/context-window.svelte';
import type { Answering } from './answering.svelte';
import type { ConversationSession } from './conversation-session.svelte';
import type { ConversationSessions } from './conversation-sessions.svelte';

interface SummariesOptions {
  readonly engine: ModelEngine;
  readonly models: Models;
  readonly sessions: ConversationSessions;
  readonly answering: Answering;
  readonly window: ContextWindow;
}

export class Summaries {
  /** True while the model writes one. */
  writing = $state(false);
  error = $state.raw<AppError | null>(null);

  readonly #options: SummariesOptions;

  constructor(options: SummariesOptions) {
    this.#options = options;
  }

  /** Summarises everything before a question of the shown branch. Does nothing while an answer is written. */
  async write(question: UserTurn, request: string): Promise<void> {
    const { engine, models, sessions, answering, window } = this.#options;
    if (answering.busy) return;
    const session = sessions.shown;
    const { settings } = session.current;
    const turns = activePath(session.current);
    this.writing = true;
    this.error = null;
    await answering.exclusively(session, async (signal) => {
      try {
        await models.ensureReady();
        const { Summariser } = await import('../prompt/summariser');
        const asked = { turns, settings, beforeId: question.id, request, signal };
        const summary = await new Summariser(engine, models, window).summarise(asked);
        if (summary) changeQuestion(session, question.id, (now) => ({ ...now, summary }));
      } catch (cause) {
        const error = AppError.from(cause, 'engine-failed');
        if (error.code !== 'aborted') this.error = error;
      }
    });
    this.writing = false;
  }

  remove(question: UserTurn): void {
    const session = this.#options.sessions.shown;
    changeQuestion(session, question.id, ({ summary: _gone, ...now }) => now);
  }
}

/** Changes the current version of the question: another tab may have changed it since it was drawn. */
function changeQuestion(
  session: ConversationSession,
  id: string,
  change: (now: UserTurn) => UserTurn,
): void {
  const now = session.current.turns.find((turn) => turn.id === id);
  if (now?.role === 'user') session.change(replaced(session.current, change(now)));
}
