/** Adds the visitor's text as a branch beside an answer; the chat continues from it. */
import { appended } from '../../core/chat/branches';
import { editedAnswer } from '../../core/chat/edited-answer';
import { newId } from '../../protocol/new-id';
import type { Chat } from './chat.svelte';

/** The id of the new turn; null if nothing has changed, or while an answer is being written. */
export function editAnswer(chat: Chat, turnId: string, typed: string): string | null {
  const { shown } = chat.sessions;
  const answer = shown.current.turns.find(({ id }) => id === turnId);
  if (chat.busy || answer?.role !== 'assistant') return null;
  const edited = editedAnswer(answer, typed, { id: newId(), atMs: Date.now() });
  if (edited) shown.change(appended(shown.current, edited));
  return edited?.id ?? null;
}
