/** Words that stand for a while, such as "Copied.": each time anew, and never wiped by the timer of earlier ones. */
import { tick } from 'svelte';

const shownMs = 2500;

export class PassingWords {
  current = $state('');
  #timer: ReturnType<typeof setTimeout> | undefined;

  async say(words: string): Promise<void> {
    clearTimeout(this.#timer);
    // The same words again are news only after there were none.
    this.current = '';
    this.#timer = setTimeout(() => (this.current = ''), shownMs);
    await tick();
    this.current = words;
  }
}

/** Copies the text, and says how that went. */
export async function copyText(
  text: string,
  said: PassingWords,
  words: { readonly copied: string; readonly copyFailed: string },
): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
    await said.say(words.copied);
  } catch {
    await said.say(words.copyFailed);
  }
}
