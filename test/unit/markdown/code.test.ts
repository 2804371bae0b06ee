import { describe, expect, it } from 'vitest';
import { codeChunks } from '../../../src/core/markdown/code-chunks.ts';
import { codeLabel } from '../../../src/core/markdown/code-languages.ts';

describe('a fence’s info string', () => {
  it.each([
    ['py', { language: 'python', name: 'Python' }],
    ['C++', { language: 'cpp', name: 'C++' }],
    ['html', { language: 'xml', name: 'HTML' }],
    ['js title="a.js"', { language: 'javascript', name: 'JavaScript' }],
    ['{.rust}', { language: null, name: '' }],
    ['', { language: null, name: '' }],
    ['brainfuck', { language: null, name: 'brainfuck' }],
    ['__proto__', { language: null, name: '__proto__' }],
    ['"><img', { language: null, name: 'img' }],
  ])('%j names a language', (info, label) => expect(codeLabel(info)).toEqual(label));

  it('is cut off if it is too long for a label', () => {
    expect(codeLabel('x'.repeat(500)).name).toHaveLength(30);
  });
});

describe('chunks of code', () => {
  it('contain the code, coloured as far as the highlighter has come', () => {
    const code = 'let x = 1;\nlet y';
    const chunks = codeChunks(code, [
      [3, 'keyword'],
      [5, ''],
      [1, 'number'],
    ]);
    expect(chunks.map(({ text }) => text).join('')).toBe(code);
    expect(chunks[0]?.runs).toEqual([
      { text: 'let', scope: 'keyword' },
      { text: ' x = ', scope: null },
      { text: '1', scope: 'number' },
      { text: ';\nlet y', scope: null },
    ]);
  });

  it('stay the same objects if nothing changed', () => {
    const lines = Array.from({ length: 40 }, (_, at) => `line ${at}\n`).join('');
    const before = codeChunks(lines, null);
    const after = codeChunks(`${lines}more`, null, before);
    expect(before.length).toBeGreaterThan(2);
    expect(after.slice(0, 3)).toEqual(before.slice(0, 3));
    expect(after.slice(0, 3).every((chunk, at) => chunk === before[at])).toBe(true);
  });

  it('know no scope but their own', () => {
    const scopes = ['title.function', 'hljs-evil', 'constructor', '__proto__', 'variable.language'];
    const chunks = codeChunks(
      'abcde',
      scopes.map((scope) => [1, scope]),
    );
    expect(chunks[0]?.runs.map(({ scope }) => scope)).toEqual(['title', null, 'attribute']);
  });
});
