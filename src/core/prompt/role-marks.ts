/**
 * Keeps typed role marks from being read as such. `[INST]` and the like are no control tokens: in Llama 2's
 * vocabulary they are plain text, so tokenizing them as text does not tell typed ones from our own.
 */

/** Llama 2's: Meta's reference code refuses a message that has one. */
export const llama2Marks = ['[INST]', '[/INST]', '<<SYS>>', '<</SYS>>'] as const;

/** A zero-width space: one token of Llama 2's vocabulary, and nothing that a person sees. */
const breaker = '\u200b';

/** Breaks each mark up in the middle of its word, so that not even the word is the mark's own token. */
export function breakMarks(text: string, marks: readonly string[]): string {
  return marks.reduce((broken, mark) => {
    if (!broken.includes(mark)) return broken;
    const middle = mark.search(/\w/) + 1;
    return broken.replaceAll(mark, mark.slice(0, middle) + breaker + mark.slice(middle));
  }, text);
}
