/** Reports to the page around a frame: the model's progress, and that a message was written. */
import { knownError } from '../core/error-actions';
import type { Chat } from '../stores/chat/chat.svelte';
import type { Models } from '../stores/models/models.svelte';
import type { FrameMessage, WidgetError } from '../protocol/widget';
import type { AppError } from '../protocol/errors';

interface Watched {
  readonly chat: Chat;
  readonly models: Models;
  /** The site may learn about models and their errors. */
  readonly mayNotify: () => boolean;
  /**
   * `question`: the visitor has to answer or read something; `mark`: the visitor must see that the model is
   * used.
   */
  readonly attentionNeeded: () => 'question' | 'mark' | null;
  readonly describe: (error: Pick<AppError, 'code' | 'data'>) => WidgetError;
  readonly post: (message: FrameMessage) => void;
}

const progressIntervalMs = 250;

export function watchForHost(watched: Watched): void {
  const { chat, models, mayNotify, attentionNeeded, describe, post } = watched;
  let postedIds: readonly string[] = chat.turns.map(({ id }) => id);
  let progressAtMs = 0;
  let progressPhase = '';
  $effect.root(() => {
    $effect(() => {
      const attention = attentionNeeded();
      post({ type: 'attention', wanted: attention !== null, mark: attention === 'mark' });
    });
    $effect(() => {
      if (!mayNotify()) return;
      const { state } = models;
      const isMoving = state.phase === 'downloading' || state.phase === 'loading';
      if (!isMoving && state.phase !== 'ready' && state.phase !== 'failed') return;
      const nowMs = performance.now();
      if (isMoving && state.phase === progressPhase && nowMs - progressAtMs < progressIntervalMs)
        return;
      progressAtMs = nowMs;
      progressPhase = state.phase;
      const progress01 =
        state.phase === 'downloading'
          ? state.receivedBytes / state.totalBytes
          : state.phase === 'loading'
            ? (state.progress01 ?? null)
            : null;
      post({ type: 'progress', phase: state.phase, progress01 });
      if (state.phase === 'failed') post({ type: 'error', error: describe(state.error) });
    });
    $effect(() => {
      for (const turn of chat.turns.slice(-2)) {
        const isOver =
          turn.role === 'user' || (turn.state !== 'waiting' && turn.state !== 'streaming');
        if (!isOver || postedIds.includes(turn.id)) continue;
        postedIds = [...postedIds, turn.id];
        const error = turn.role === 'assistant' && mayNotify() ? turn.error : undefined;
        post({ type: 'message', role: turn.role, failed: error !== undefined });
        if (error) post({ type: 'error', error: describe(knownError(error)) });
      }
    });
  });
}
