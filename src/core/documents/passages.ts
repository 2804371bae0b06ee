/** Cuts a document's text into passages of limited length, at pages, headings and paragraphs. */

export interface Passage {
  /** In UTF-16 units of the document's text; `to` is exclusive. */
  readonly from: number;
  readonly to: number;
  /** The heading above the passage, without marks; empty for none. */
  readonly heading: string;
}

/** About 200 tokens of English: several fit even a small window, and each has enough context for an answer. */
const targetCharacters = 800;
export const maxPassageCharacters = 1200;

const isHeading = (line: string) => /^#{1,6} /.test(line);

/**
 * In the order of the text, without overlap. Each text that is not blank is in a passage. No passage crosses the start
 * of a page or a heading.
 */
export function cutPassages(text: string, pageStarts: readonly number[] = []): readonly Passage[] {
  const passages: Passage[] = [];
  const starts = new Set(pageStarts);
  let heading = '';
  let [from, to] = [-1, -1];
  const close = () => {
    if (from >= 0) passages.push(...fitted(text, from, to, heading));
    from = -1;
  };
  for (const block of blocksOf(text, starts)) {
    const line = text.slice(block.from, block.lineEnd);
    if (block.beginsPage) close();
    if (isHeading(line)) {
      close();
      heading = line.replace(/^#+ /, '').trim().slice(0, 200);
    } else if (from >= 0 && block.to - from > targetCharacters) close();
    if (from < 0) from = block.from;
    to = block.to;
  }
  close();
  return passages;
}

interface Block {
  readonly from: number;
  readonly to: number;
  readonly lineEnd: number;
  /** True if a page begins with the block, or in the white space before it. */
  readonly beginsPage: boolean;
}

/** Paragraphs: adjacent lines. A heading and the first line of a page start one. */
function* blocksOf(text: string, starts: ReadonlySet<number>): Generator<Block, void> {
  const borders = [...starts].sort((a, b) => a - b);
  let border = 0;
  let block: { from: number; to: number; lineEnd: number; beginsPage: boolean } | null = null;
  let isNewPage = false;
  for (let at = 0; at < text.length;) {
    let isPageStart = false;
    // A page may also begin at the line break just passed.
    while (border < borders.length && borders[border]! <= at) {
      border += 1;
      isPageStart = true;
    }
    isNewPage ||= isPageStart;
    const lineBreak = text.indexOf('\n', at);
    const lineEnd = lineBreak < 0 ? text.length : lineBreak;
    // A page may begin within a line.
    const end = Math.min(lineEnd, borders[border] ?? text.length);
    const line = text.slice(at, end);
    const isBlank = line.trim() === '';
    if (block && (isBlank || isPageStart || isHeading(line))) {
      yield block;
      block = null;
    }
    if (!isBlank) {
      if (block) block.to = end;
      else {
        block = { from: at, to: end, lineEnd: end, beginsPage: isNewPage };
        isNewPage = false;
      }
    }
    at = end === lineEnd ? end + 1 : end;
  }
  if (block) yield block;
}

/** A paragraph that is too long is cut after a sentence, or else after a line or a word. */
function fitted(text: string, from: number, to: number, heading: string): Passage[] {
  const passages: Passage[] = [];
  let at = from;
  while (to - at > maxPassageCharacters) {
    const end = at + cutAt(text.slice(at, at + maxPassageCharacters));
    passages.push({ from: at, to: end, heading });
    at = end;
  }
  passages.push({ from: at, to, heading });
  return passages.filter((one) => text.slice(one.from, one.to).trim() !== '');
}

function cutAt(piece: string): number {
  const least = targetCharacters / 2;
  for (const ends of [/[.!?。！？]["”»)]?\s/g, /\n/g, /\s/g]) {
    let last = 0;
    for (const match of piece.matchAll(ends)) last = match.index + match[0].length;
    if (last >= least) return last;
  }
  // Never cuts between the two units of a character.
  const isHigh = /[\ud800-\udbff]$/.test(piece);
  return isHigh ? piece.length - 1 : piece.length;
}
