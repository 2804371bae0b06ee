/** What a model thinks before it answers: `<think>…</think>` at the beginning of its text. */

export interface ThoughtfulText {
  /** Empty for none. */
  readonly thoughts: string;
  readonly answer: string;
}

const [opening, closing] = ['<think>', '</think>'] as const;

/** `isGrowing`: more text is to come, so the text so far may be the beginning of a tag. */
export function splitThoughts(text: string, isGrowing = false): ThoughtfulText {
  const start = text.length - text.trimStart().length;
  if (isGrowing && text.length > start && opening.startsWith(text.slice(start))) {
    return { thoughts: '', answer: '' };
  }
  if (!text.startsWith(opening, start)) return { thoughts: '', answer: text };
  const from = start + opening.length;
  const end = text.indexOf(closing, from);
  if (end < 0) return { thoughts: withoutHalfMark(text.slice(from)).trim(), answer: '' };
  return {
    thoughts: text.slice(from, end).trim(),
    answer: text.slice(end + closing.length).trimStart(),
  };
}

/** The answer without thoughts: what later prompts see, and what is judged, graded and copied. */
export const answerOf = (text: string): string => splitThoughts(text).answer;

/** A text that ends within the closing mark, because it is still written or was stopped there. */
function withoutHalfMark(thoughts: string): string {
  for (let length = closing.length - 1; length > 1; length -= 1) {
    if (thoughts.endsWith(closing.slice(0, length))) return thoughts.slice(0, -length);
  }
  return thoughts;
}
