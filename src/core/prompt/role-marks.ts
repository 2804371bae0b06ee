/**
 * Keeps typed role marks from being read as real ones. `[INST]` and the like are no control tokens: in Llama
 * 2's vocabulary they are plain text, so tokenizing as text does not protect against typed ones.
 */

/** Llama 2's marks; Meta's reference code refuses messages that contain one. */
export const llama2Marks = ['[INST]', '[/INST]', '<<SYS>>', '<</SYS>>'] as const;

/** A zero-width space: one token of Llama 2's vocabulary, and invisible. */
const breaker = '\u200b';

/** Breaks each mark in the middle of its word, so that not even the word keeps its tokens. */
export function breakMarks(text: string, marks: readonly string[]): string {
  return marks.reduce((broken, mark) => {
    if (!broken.includes(mark)) return broken;
    const middle = mark.search(/\w/) + 1;
    return broken.replaceAll(mark, mark.slice(0, middle) + breaker + mark.slice(middle));
  }, text);
}
