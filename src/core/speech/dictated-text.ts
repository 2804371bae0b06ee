/** Adds dictated words to what stands in the message field. */
export function withDictated(draft: string, words: string): string {
  const added = words.replace(/\s+/g, ' ').trim();
  if (added === '') return draft;
  const needsSpace = draft !== '' && !/\s$/.test(draft) && !/^[.,;:!?]/.test(added);
  return draft + (needsSpace ? ' ' : '') + added;
}
