/** A model's thoughts before an answer: the text between two marks, such as `<think>…</think>`, at the start. */

export interface ThoughtfulText {
  /** Empty for none. */
  readonly thoughts: string;
  readonly answer: string;
}

/** The tag names of model families: Qwen and DeepSeek, Mistral, Cohere, Seed, and others. */
export const thoughtMarks = [
  ['<think>', '</think>'],
  ['[THINK]', '[/THINK]'],
  ['<|START_THINKING|>', '<|END_THINKING|>'],
  ['<seed:think>', '</seed:think>'],
  ['<thought>', '</thought>'],
] as const;

/** `isGrowing`: more text is to come, so the text so far may be the beginning of a tag. */
export function splitThoughts(text: string, isGrowing = false): ThoughtfulText {
  const start = text.length - text.trimStart().length;
  const trimmed = text.slice(start);
  const mayBecome = ([opening]: readonly [string, string]) => opening.startsWith(trimmed);
  if (isGrowing && trimmed !== '' && thoughtMarks.some(mayBecome))
    return { thoughts: '', answer: '' };
  const marks = thoughtMarks.find(([opening]) => trimmed.startsWith(opening));
  if (!marks) return { thoughts: '', answer: text };
  const [opening, closing] = marks;
  const from = start + opening.length;
  const end = text.indexOf(closing, from);
  if (end < 0) return { thoughts: withoutHalfMark(text.slice(from), closing).trim(), answer: '' };
  return {
    thoughts: text.slice(from, end).trim(),
    answer: text.slice(end + closing.length).trimStart(),
  };
}

/** The answer without thoughts: what later prompts see, and what is judged, graded and copied. */
export const answerOf = (text: string): string => splitThoughts(text).answer;

/** Removes an incomplete closing mark at the end: the text is still being written, or was stopped there. */
function withoutHalfMark(thoughts: string, closing: string): string {
  for (let length = closing.length - 1; length > 1; length -= 1) {
    if (thoughts.endsWith(closing.slice(0, length))) return thoughts.slice(0, -length);
  }
  return thoughts;
}
