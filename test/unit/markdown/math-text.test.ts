import { describe, expect, it } from 'vitest';
import { mathText, type MathNode } from '../../../src/core/markdown/math-text.ts';
import { setFormula } from '../../../workers/typeset/formula.ts';

/** Parses Temml's XML, which is well formed and consists of simple tags and text. */
function nodesOf(xml: string): MathNode {
  const root = { nodeType: 1, localName: 'root', textContent: '', childNodes: [] as MathNode[] };
  const open = [root];
  for (const [, close, name, text] of xml.matchAll(/<(\/?)(\w+)[^>]*>|([^<]+)/g)) {
    const parent = open.at(-1) ?? root;
    if (text !== undefined) {
      const plain = text.replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/&amp;/g, '&');
      parent.childNodes.push({ nodeType: 3, textContent: plain, childNodes: [] });
      for (const one of open) one.textContent += plain;
    } else if (close) open.pop();
    else {
      const child = { nodeType: 1, localName: name ?? '', textContent: '', childNodes: [] };
      parent.childNodes.push(child);
      open.push(child);
    }
  }
  return root;
}

const read = async (tex: string) => mathText(nodesOf((await setFormula(tex, true)) ?? ''));

describe('a formula as text', () => {
  it.each([
    ['\\frac{1}{2}', '1/2'],
    ['x^2', 'x²'],
    ['\\frac{a+b}{2c}', '(a + b)/(2c)'],
    ['\\frac{-b \\pm \\sqrt{b^2 - 4ac}}{2a}', '(−b ± √(b² − 4ac))/(2a)'],
    ['e^{i\\pi} = -1', 'e^(iπ) = −1'],
    ['x_1 + x_{12} \\neq y_{ij}', 'x₁ + x₁₂ ≠ y_(ij)'],
    ['\\sqrt[3]{x+1}', '³√(x + 1)'],
    ['\\sum_{i=1}^n i', '∑_(i=1)ⁿ i'],
    ['(a+b)^{2n}', '(a + b)²ⁿ'],
    ['\\sin x + \\log_2 y', 'sin x + log₂ y'],
    ["f'(x) = 2x", 'f′(x) = 2x'],
    ['\\alpha \\times \\mathbb{R}', 'α × ℝ'],
    ['\\vec{a} \\cdot \\hat{b}', 'a⃗ ⋅ b̂'],
    ['\\text{if } a < b', 'if a < b'],
    ['\\begin{align} a &= b \\\\ c &= d \\end{align}', 'a = b\nc = d'],
    ['\\begin{pmatrix}1&2\\\\3&4\\end{pmatrix}', '(1 2\n3 4)'],
  ])('reads %j', async (tex, text) => expect(await read(tex)).toBe(text));
});
