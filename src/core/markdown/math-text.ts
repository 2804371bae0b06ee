/** Writes a formula as a line of readable text: `1/2`, `x²`, `√(a + b)`. */

/** The parts of a MathML element that are read; DOM elements and plain objects have them. */
export interface MathNode {
  readonly nodeType: number;
  readonly localName?: string;
  readonly textContent: string | null;
  readonly childNodes: ArrayLike<MathNode>;
}

const elementType = 1;
const raised: Readonly<Record<string, string>> = letters(
  '0123456789+-−=()ni′',
  '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ′',
);
const lowered: Readonly<Record<string, string>> = letters('0123456789+-−=()', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎');
/** Operators with a space on both sides; a leading minus has none. */
const operators = /^[=+−±×÷⋅<>≤≥≠≈≡∈∉⊂⊆∪∩→←⇒⇔↦∼∝∧∨-]$/;

function letters(from: string, to: string): Readonly<Record<string, string>> {
  const targets = Array.from(to);
  return Object.fromEntries(Array.from(from, (letter, at) => [letter, targets[at] ?? letter]));
}

export function mathText(node: MathNode): string {
  return write(node)
    .replace(/[ \u00a0]+/g, ' ')
    .trim();
}

function write(node: MathNode): string {
  if (node.nodeType !== elementType) return node.textContent ?? '';
  const children = Array.from(node.childNodes);
  const [base = null, second = null, third = null] = children;
  switch (node.localName) {
    case 'mfrac':
      return `${grouped(base)}/${grouped(second)}`;
    case 'msqrt':
      return `√${grouped({ ...plain(node), localName: 'mrow' })}`;
    case 'mroot':
      return `${script(second, raised, '')}√${grouped(base)}`;
    case 'msup':
      return `${grouped(base)}${script(second, raised, '^')}`;
    case 'msub':
      return `${grouped(base)}${script(second, lowered, '_')}`;
    case 'msubsup':
      return `${grouped(base)}${script(second, lowered, '_')}${script(third, raised, '^')}`;
    case 'munderover':
      return `${grouped(base)}${script(second, lowered, '_')}${script(third, raised, '^')} `;
    case 'munder':
      return `${grouped(base)}${script(second, lowered, '_')} `;
    case 'mover':
      return accented(base, second);
    case 'mtable':
      return children.map(write).join('\n');
    case 'mtr':
      return children.map(write).join(' ').replace(/ +/g, ' ').trim();
    case 'mspace':
      return ' ';
    case 'mo':
      return operator(node.textContent ?? '');
    case 'mi':
    case 'mn':
    case 'mtext':
      return node.textContent ?? '';
    default:
      return row(children);
  }
}

function plain(node: MathNode): MathNode {
  return { nodeType: node.nodeType, textContent: node.textContent, childNodes: node.childNodes };
}

/** Puts a space between two parts that would read as one word: names of functions, text. */
function row(children: readonly MathNode[]): string {
  let written = '';
  let isFirst = true;
  for (const child of children) {
    const text = write(child);
    const isSign = isFirst && /^ [+−±-] $/.test(text);
    const isName = (word: string) => /^\p{L}{2,}$/u.test(word);
    const isApart = isName(text) || /\p{L}{2}$/u.test(written.slice(-4));
    const gap =
      isApart && /[\p{L}\p{N})]$/u.test(written.slice(-2)) && /^[\p{L}\p{N}√]/u.test(text)
        ? ' '
        : '';
    written += gap + (isSign ? text.trim() : text);
    if (text.trim() !== '') isFirst = /[([{|]$| [=<>≤≥≠≈] $/.test(text);
  }
  return written;
}

function operator(text: string): string {
  const sign = text.replace(/[\u2061-\u2064]/g, '');
  if (operators.test(sign)) return ` ${sign} `;
  return /^[,;]$/.test(sign) ? `${sign} ` : sign;
}

/** In brackets, if it is more than one symbol. */
function grouped(node: MathNode | null): string {
  const text = node ? write(node).trim() : '';
  const isOne =
    /^[\p{L}\p{M}\p{N}.,′∑∏∫∞ℝ-]+$/u.test(text) && !/^\d+[\p{L}]/u.test(text)
      ? true
      : isBracketed(text);
  return isOne || Array.from(text).length <= 1 ? text : `(${text})`;
}

function isBracketed(text: string): boolean {
  if (!/^\(.*\)$/s.test(text)) return false;
  let depth = 0;
  for (let at = 0; at < text.length - 1; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')') depth--;
    if (depth === 0) return false;
  }
  return true;
}

function script(
  node: MathNode | null,
  forms: Readonly<Record<string, string>>,
  mark: '^' | '_' | '',
): string {
  const text = node ? write(node).replaceAll(' ', '') : '';
  const characters = Array.from(text);
  if (characters.every((character) => Object.hasOwn(forms, character))) {
    return characters.map((character) => forms[character]).join('');
  }
  return `${mark}${characters.length === 1 ? text : `(${text})`}`;
}

const accents: Readonly<Record<string, string>> = { '→': '\u20d7', '^': '\u0302', ˆ: '\u0302' };

function accented(base: MathNode | null, over: MathNode | null): string {
  const [letter, mark] = [base ? write(base).trim() : '', over ? write(over).trim() : ''];
  const accent =
    accents[mark] ??
    { '¯': '\u0304', '‾': '\u0304', '˙': '\u0307', '~': '\u0303', '˜': '\u0303' }[mark];
  if (accent && Array.from(letter).length === 1) return letter + accent;
  return `${grouped(base)}${script(over, raised, '^')}`;
}
