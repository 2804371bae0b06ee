/** A temporary text, such as "Copied."; a new text restarts the timer. */
import { tick } from 'svelte';

const shownMs = 2500;

export class TransientText {
  current = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  async show(words: string): Promise<void> {
    clearTimeout(this.#timer);
    // Cleared first, so that screen readers announce the same text again.
    this.current = '';
    this.#timer = setTimeout(() => (this.current = ''), shownMs);
    await tick();
    this.current = words;
  }
}

/** Copies the text, and shows the result. */
export async function copyText(
  text: string,
  status: TransientText,
  words: { readonly copied: string; readonly copyFailed: string },
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    await status.show(words.copied);
  } catch {
    await status.show(words.copyFailed);
  }
}
