/** Distinguishes LaTeX formulas from prices, variables and text. */
import { bounds } from './bounds';

/** Where a formula ends; -1 if none begins there; `open` if the text ends too early to know. */
export type FormulaEnd = number | 'open';

const environment =
  /^\\begin\{((?:(?:fl|x?x?)align(?:at)?|aligned|alignedat|equation|gather(?:ed)?|multline|eqnarray|split|(?:[bpvBV]|small)?matrix|array|d?cases|rcases|CD)\*?)\}/;
const closers: Readonly<Record<string, string>> = { $$: '$$', '\\(': '\\)', '\\[': '\\]' };

interface Opener {
  readonly mark: string;
  readonly close: string;
}

/** The opener `$$`, `\(`, `\[` or `\begin{align}` and the like; such formulas may span lines. */
export function openerAt(text: string, at: number): Opener | null {
  const mark = text.slice(at, at + 2);
  const close = closers[mark];
  if (close !== undefined) return { mark, close };
  if (mark !== '\\b') return null;
  const [whole, name] = environment.exec(text.slice(at, at + 40)) ?? [];
  return whole === undefined ? null : { mark: whole, close: `\\end{${name}}` };
}

export function markedFormulaEnd(text: string, at: number): FormulaEnd {
  const opener = openerAt(text, at);
  if (!opener) return -1;
  const limit = at + bounds.formulaCharacters;
  const from = opener.mark.length;
  const found = text.slice(at + from, limit).indexOf(opener.close);
  if (found > 0) return at + from + found + opener.close.length;
  return found < 0 && text.length < limit ? 'open' : -1;
}

/**
 * A single dollar opens a formula only on one line and without a letter, digit or dollar outside; a number with
 * words after it, as in `$5 and …`, is a price. With spaces inside the dollars, the content must look like a
 * formula.
 */
export function dollarFormulaEnd(text: string, at: number): FormulaEnd {
  if (/[\w$\\]/.test(text.charAt(at - 1))) return -1;
  const isNumber = /\d/.test(text.charAt(at + 1));
  const limit = Math.min(text.length, at + bounds.spanCharacters);
  for (let i = at + 1; i < limit; i++) {
    const character = text[i] as string;
    if (character === '\n') return -1;
    if (character === '\\') i++;
    else if (character === '$') return closesAt(text, at, i) ? i + 1 : -1;
    else if (isNumber && /^[a-z]{2}/i.test(text.slice(i, i + 2)) && !isCommand(text, i)) return -1;
  }
  if (limit < text.length) return -1;
  const isHopeless = /\s/.test(text.charAt(at + 1)) && !hasOnlyTexWords(text.slice(at + 1), true);
  return isHopeless ? -1 : 'open';
}

function closesAt(text: string, at: number, close: number): boolean {
  if (close === at + 1 || /[a-z\d$]/i.test(text.charAt(close + 1))) return false;
  if (!isSpaced(text, at, close)) return true;
  // In `$ 5 + $ 6` the second dollar opens another price.
  const isPrice = /^[ \t]*\d/.test(text.slice(close + 1, close + 9));
  return !isPrice && isTex(text.slice(at + 1, close));
}

/** Whether there is space inside the dollars. */
function isSpaced(text: string, at: number, close: number): boolean {
  return /\s/.test(text.charAt(at + 1)) || /\s/.test(text.charAt(close - 1));
}

/** Whether the rest of the line may still show that it is no formula but a price. */
export function isSpacedFormula(written: string): boolean {
  return isSpaced(written, 0, written.length - 1);
}

const functionNames = new Set(
  `sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh log ln lg exp lim max min sup inf det dim
  ker gcd lcm mod arg deg Pr Re Im dx dy dt dz`.split(/\s+/),
);

/** Whether all words belong to formulas: names of functions, commands, single letters. */
function hasOnlyTexWords(tex: string, isUnfinished: boolean): boolean {
  const plain = tex
    .replace(/\\(?:text|textbf|textit|mathrm|operatorname|mbox)\*?\{[^{}]*(?:\}|$)/g, ' ')
    .replace(/\\[a-z]+/gi, ' ');
  for (const { 0: word, index } of plain.matchAll(/\p{L}{2,}/gu)) {
    const mayGrow = isUnfinished && index + word.length === plain.length;
    if (!mayGrow && !functionNames.has(word)) return false;
  }
  return true;
}

/** Whether the text between spaced dollars can only be a formula. */
function isTex(tex: string): boolean {
  if (!hasOnlyTexWords(tex, false)) return false;
  return /\\[a-z]/i.test(tex) || (/\p{L}/u.test(tex) && /[=+*/^_<>≤≥≠±×·−-]/.test(tex));
}

/** Whether the letters at `i` belong to a command such as `\times`. */
function isCommand(text: string, i: number): boolean {
  let start = i;
  while (start > 0 && /[a-z]/i.test(text.charAt(start - 1))) start--;
  return text.charAt(start - 1) === '\\';
}

/**
 * Whether a line after a blank one can continue an open formula: it has no words, or has a command or a
 * mathematical sign.
 */
export function continuesFormula(line: string): boolean {
  const text = line.trim();
  if (
    text.length > bounds.formulaCharacters ||
    /^(?:[#>|`~]|[-*+] |\d+[.)] |\\\(|\$[^$])/.test(text)
  )
    return false;
  if (/^(?:\$\$|\\[a-zA-Z\]])/.test(text)) return true;
  return /[\\=^_&<>+≤≥≠±×·−]|\d/.test(text) && !isProse(text);
}

/** Two words in a row, or letters that formulas do not have. */
function isProse(text: string): boolean {
  const plain = text.replace(/\\(?:text|mathrm|mbox)\{[^{}]*\}/g, ' ').replace(/\\[a-z]+/gi, ' ');
  if (/[^\P{L}\p{Script=Latin}\p{Script=Greek}]/u.test(plain)) return true;
  const words = plain.split(/\s+/).map((word) => /^\p{L}{2,}[.,;:!?]?$/u.test(word));
  return words.some((isWord, at) => isWord && words[at + 1]);
}

/** The TeX source without its delimiters. */
export function texOf(written: string): string {
  const opener = openerAt(written, 0);
  if (!opener) return written.slice(1, -1).trim();
  if (opener.mark.startsWith('\\begin')) return written;
  return written.slice(2, -2).trim();
}
