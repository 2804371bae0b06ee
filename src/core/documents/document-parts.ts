/** The parts in which a document is shown: its pages, or pieces of a text without pages. */
import type { StoredDocument } from './document';

export type Part = readonly [from: number, to: number];

/** The length of a part that a phone draws without delay. */
const partCharacters = 10_000;

export function partsOf({
  text,
  pageStarts,
}: Pick<StoredDocument, 'text' | 'pageStarts'>): readonly Part[] {
  if (pageStarts && pageStarts.length > 0) {
    return pageStarts.map((from, at) => [from, pageStarts[at + 1] ?? text.length]);
  }
  const parts: Part[] = [];
  for (let from = 0; from < text.length;) {
    const least = from + partCharacters;
    // The end of the paragraph or line that exceeds the limit; a long one is cut in the middle.
    const paragraph = text.indexOf('\n\n', least);
    const near = paragraph >= 0 && paragraph < least + partCharacters ? paragraph + 2 : least;
    const to = Math.min(near, text.length);
    parts.push([from, to]);
    from = to;
  }
  return parts;
}

/** The index of the part that contains a place of the text. */
export const partAt = (parts: readonly Part[], place: number): number =>
  Math.max(
    0,
    parts.findLastIndex(([from]) => from <= place),
  );
