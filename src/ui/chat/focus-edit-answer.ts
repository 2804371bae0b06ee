/** Gives the focus back to the button that opened the field in which an answer was edited. */
import { tick } from 'svelte';

export async function focusEditAnswer(turnId: string): Promise<void> {
  await tick();
  const message = document.querySelector(`[data-turn="${CSS.escape(turnId)}"]`);
  message?.querySelector<HTMLElement>('[data-action="edit-answer"]')?.focus();
}
