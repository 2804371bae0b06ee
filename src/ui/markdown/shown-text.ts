/** An answer as plain text as it is shown: with list numbers, formulas in a line, and block breaks. */
import { mathText } from '../../core/markdown/math-text';
import { withoutEnd } from '../../core/trim';

const blocks = 'p, h2, h3, h4, h5, h6, ul, ol, blockquote, pre, table, hr, .plain, .formula';

/** Collects text with its breaks: a block gets its own lines, with a blank line where the page has space. */
class ShownText {
  #text = '';
  #breaks = 0;

  /** @param lines 1 for a new line, 2 for a blank line between. */
  breakLine(lines: 1 | 2): void {
    this.#breaks = Math.max(this.#breaks, lines);
  }

  add(text: string): void {
    if (text === '') return;
    if (this.#text !== '') this.#text += '\n'.repeat(this.#breaks);
    this.#breaks = 0;
    this.#text += text;
  }

  /** Adds text of a paragraph, in which white space collapses. */
  addWords(text: string): void {
    const words = text.replace(/[ \t\n]+/g, ' ');
    const isLineStart = this.#text === '' || this.#breaks > 0 || /\s/.test(this.#text.at(-1) ?? '');
    const shown = isLineStart ? words.replace(/^ /, '') : words;
    this.add(shown);
  }

  take(): string {
    const lines = this.#text.split('\n');
    return lines.map((line) => withoutEnd(line, ' \t')).join('\n');
  }
}

export function shownText(root: Node): string {
  const text = new ShownText();
  for (const child of root.childNodes) walk(child, text, false);
  return text.take();
}

function walk(node: Node, text: ShownText, isInItem: boolean): void {
  if (node instanceof Text) {
    text.addWords(node.data);
    return;
  }
  if (!(node instanceof Element) || node.closest('[data-copy="no"]')) return;
  if (node.localName === 'math') text.add(mathText(node));
  else if (node.matches('pre, .plain')) whole(node, text);
  else if (node.localName === 'br') text.breakLine(1);
  else if (node.localName === 'li') item(node, text);
  else if (node.localName === 'tr') row(node, text);
  else if (node.localName === 'hr') {
    text.breakLine(2);
    text.add('---');
    text.breakLine(2);
  } else {
    const gap = node.matches('li > ul, li > ol, li > p') || isInItem ? 1 : 2;
    const isBlock = node.matches(blocks);
    if (isBlock) text.breakLine(gap);
    for (const child of node.childNodes) walk(child, text, false);
    if (isBlock) text.breakLine(gap);
  }
}

/** Adds code, or text that is shown as written. */
function whole(node: Element, text: ShownText): void {
  text.breakLine(2);
  text.add(node.textContent.replace(/\n$/, ''));
  text.breakLine(2);
}

function item(node: Element, text: ShownText): void {
  const inner = shownText(node);
  const mark = markOf(node);
  text.breakLine(1);
  text.add(`${mark}${inner.replaceAll('\n', `\n${' '.repeat(mark.length)}`)}`);
  text.breakLine(1);
}

function markOf(node: Element): string {
  const { done } = node instanceof HTMLElement ? node.dataset : {};
  if (done !== undefined) return done === 'true' ? '☑ ' : '☐ ';
  return node instanceof HTMLLIElement && node.dataset['number'] !== undefined
    ? `${node.dataset['number']}. `
    : '• ';
}

function row(node: Element, text: ShownText): void {
  const cells = Array.from(node.children, (cell) => shownText(cell).replace(/\s+/g, ' '));
  text.breakLine(1);
  text.add(cells.join('\t'));
  text.breakLine(1);
}

/** Within these, text is taken as it stands. */
const asWritten = 'pre, .plain, math';

function elementAround({ commonAncestorContainer: around }: Range): Element | null {
  return around instanceof Element ? around : around.parentElement;
}

function shownParts(range: Range): Element {
  const selected = document.createElement('div');
  selected.append(range.cloneContents());
  for (const part of selected.querySelectorAll('[data-copy="no"]')) part.remove();
  return selected;
}

/** The text of a part of the chat, without the buttons in it. */
export const textOfRange = (range: Range): string =>
  elementAround(range)?.closest(asWritten) ? range.toString() : shownText(shownParts(range));

/** Copies a selection as it is shown; a selection within code needs no change. */
export function copySelection(event: ClipboardEvent): void {
  const selection = getSelection();
  if (!event.clipboardData || !selection || selection.isCollapsed || selection.rangeCount === 0)
    return;
  const range = selection.getRangeAt(0);
  const element = elementAround(range);
  if (!element?.closest('[data-part="text"]') || element.closest(asWritten)) return;
  const selected = shownParts(range);
  event.clipboardData.setData('text/plain', shownText(selected));
  event.clipboardData.setData('text/html', new XMLSerializer().serializeToString(selected));
  event.preventDefault();
}
