import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../src/core/markdown/nodes.ts';
import { blocksOf, outline } from './shown.ts';

const read = (text: string) => outline(blocksOf(text));

describe('lists as models write them', () => {
  it.each([
    ['bullets by two spaces', '1. Wash\n  * hot\n  * cold\n2. Dry\n3. Fold'],
    ['bullets by one space', '1. Wash\n * hot\n * cold\n2. Dry\n3. Fold'],
    ['bullets by three spaces', '1. Wash\n   * hot\n   * cold\n2. Dry\n3. Fold'],
    ['bullets by four spaces', '1. Wash\n    * hot\n    * cold\n2. Dry\n3. Fold'],
    ['bullets by a tab', '1. Wash\n\t* hot\n\t* cold\n2. Dry\n3. Fold'],
    ['bullets by eight spaces', '1. Wash\n        * hot\n        * cold\n2. Dry\n3. Fold'],
    ['blank lines between', '1. Wash\n\n  * hot\n\n  * cold\n\n2. Dry\n\n3. Fold'],
  ])('nest %s', (_, text) => {
    expect(read(text)).toBe('ol1(li(p(Wash) ul(li(p(hot)) li(p(cold)))) li(p(Dry)) li(p(Fold)))');
  });

  it.each([
    ['* A\n 1. x\n 2. y\n* B', 'ul(li(p(A) ol1(li(p(x)) li(p(y)))) li(p(B)))'],
    ['1. A\n 1. x\n 2. y\n2. B', 'ol1(li(p(A) ol1(li(p(x)) li(p(y)))) li(p(B)))'],
    [
      '1. A\n 1. x\n  1. z\n 2. y\n2. B',
      'ol1(li(p(A) ol1(li(p(x) ol1(li(p(z)))) li(p(y)))) li(p(B)))',
    ],
    ['9. A\n10. B\n   - x\n11. C', 'ol9(li(p(A)) li(p(B) ul(li(p(x)))) li(p(C)))'],
    [' 9. A\n10. B', 'ol9(li(p(A)) li(p(B)))'],
    ['- A\n    - x\n  - y\n- B', 'ul(li(p(A) ul(li(p(x)) li(p(y)))) li(p(B)))'],
    ['> 1. A\n>  - x\n> 2. B', 'quote(ol1(li(p(A) ul(li(p(x)))) li(p(B))))'],
    ['1. A\n\n  more\n2. B', 'ol1(li(p(A) p(more)) li(p(B)))'],
    ['Steps:\n    - x\n    - y', 'p(Steps:) ul(li(p(x)) li(p(y)))'],
    ['-      far\n- near', 'ul(li(p(far)) li(p(near)))'],
  ])('are read as meant: %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    [
      '1. Wash\n* hot\n2. Dry\n3. Fold',
      'ol1(li(p(Wash))) ul(li(p(hot))) ol2(li(p(Dry)) li(p(Fold)))',
    ],
    ['A note\n2. Dry', 'p(A note) ol2(li(p(Dry)))'],
    ['1. A\n1. B\n1. C', 'ol1(li(p(A)) li(p(B)) li(p(C)))'],
    ['2. A\n5. B', 'ol2,5(li(p(A)) li(p(B)))'],
    ['3. A\n2. B\n1. C', 'ol3,2,1(li(p(A)) li(p(B)) li(p(C)))'],
    ['Born in\n1986. A good year.', 'p(Born in⏎1986. A good year.)'],
  ])('keep the numbers that were written: %j', (text, expected) =>
    expect(read(text)).toBe(expected),
  );

  const indents = fc.constantFrom(' ', '  ', '   ', '    ', '\t');
  const nestings = fc.record({
    items: fc.array(fc.array(fc.constantFrom('*', '-', '+', 'n'), { maxLength: 4 }), {
      minLength: 1,
      maxLength: 12,
    }),
    indent: indents,
    deeper: indents,
    first: fc.integer({ min: 1, max: 98 }),
    end: fc.constantFrom('.', ')'),
    isLoose: fc.boolean(),
  });

  it('of numbers with numbers or bullets under them keep their numbers in one list', () => {
    fc.assert(
      fc.property(nestings, ({ items, indent, deeper, first, end, isLoose }) => {
        const lines = items.flatMap((under, at) => [
          `${first + at}${end} item`,
          ...under.flatMap((mark, inner) => [
            `${indent}${mark === 'n' ? `${inner + 1}.` : mark} under`,
            `${indent}${deeper}- deep`,
          ]),
        ]);
        const blocks = blocksOf(lines.join(isLoose ? '\n\n' : '\n'));
        expect(blocks).toHaveLength(1);
        const numbers = blocks[0]?.type === 'list' ? blocks[0].numbers : null;
        expect(numbers).toEqual(items.map((_, at) => first + at));
        expect(outline(blocks)).not.toContain('⏎');
      }),
    );
  });

  it('show every number once and in order, however they are nested', () => {
    const line = fc.record({
      indent: fc.constantFrom('', '', ' ', '  ', '   ', '    ', '\t', '\t\t'),
      mark: fc.constantFrom('n', 'n', '-', '*'),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1, maxLength: 20 }), (lines) => {
        let number = 0;
        const text = lines
          .map(({ indent, mark }) => `${indent}${mark === 'n' ? `${++number}.` : mark} x`)
          .join('\n');
        const expected = Array.from({ length: number }, (_, at) => at + 1);
        expect(numbersIn(blocksOf(text))).toEqual(expected);
      }),
    );
  });
});

/** The numbers of all items, from top to bottom of the page. */
function numbersIn(blocks: readonly Block[]): readonly number[] {
  return blocks.flatMap((block) => {
    if (block.type === 'quote') return numbersIn(block.blocks);
    if (block.type !== 'list') return [];
    return block.items.flatMap((item, at) => [
      ...(block.numbers ? [block.numbers[at] ?? NaN] : []),
      ...numbersIn(item.blocks),
    ]);
  });
}

describe('fences as models write them', () => {
  it.each([
    ['Run: ```bash\nls\n```\nThen **read**.', 'p(Run:) code(bash: "ls") p(Then strong(read).)'],
    ['Run:```\nls\n```\nThen', 'p(Run:) code(: "ls") p(Then)'],
    ['First\nrun: ```bash\nls\n```', 'p(First⏎run:) code(bash: "ls")'],
    ['**Run** `x`: ````md\n```\n````\nThen', 'p(strong(Run) `x`:) code(md: "```") p(Then)'],
    ['- Run: ```bash\n  ls\n  ```\n- Then', 'ul(li(p(Run:) code(bash: "ls")) li(p(Then)))'],
    ['- [ ] Run: ```bash\nls\n```\n- Then', 'ul(li([ ] p(Run:) code(bash: "ls")) li(p(Then)))'],
    ['> Run: ```bash\n> ls\n> ```\n> Then', 'quote(p(Run:) code(bash: "ls") p(Then))'],
    ['## Run ```bash\nls\n```\nThen', 'h2(Run) code(bash: "ls") p(Then)'],
    ['运行：```bash\nls\n```\n然后', 'p(运行：) code(bash: "ls") p(然后)'],
    ['```bash\nls```\nThen', 'code(bash: "ls") p(Then)'],
    ['Run: ```bash\nls -la\npwd```\nThen', 'p(Run:) code(bash: "ls -la\\npwd") p(Then)'],
  ])('only what is between is code: %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    ['1. Run:\n   ```sh\nls\n   ```\n2. Then', 'ol1(li(p(Run:) code(sh: "ls")) li(p(Then)))'],
    [
      '1. Run:\n  ```sh\n  ls\n    x\n  ```\n2. Then',
      'ol1(li(p(Run:) code(sh: "ls\\n  x")) li(p(Then)))',
    ],
    ['1. Run:\n```sh\nls\n```\n2. Then', 'ol1(li(p(Run:))) code(sh: "ls") ol2(li(p(Then)))'],
    ['10. Run:\n   ```sh\n   ls\n   ```\n11. Then', 'ol10(li(p(Run:) code(sh: "ls")) li(p(Then)))'],
    [
      '- Run:\n      ```sh\n      ls\n      ```\n- Then',
      'ul(li(p(Run:) code(sh: "ls")) li(p(Then)))',
    ],
  ])('in lists, however they are indented: %j', (text, expected) =>
    expect(read(text)).toBe(expected),
  );

  it.each([
    'Use ```a``` and ```b```',
    'Three backticks (```) make a fence.',
    'So cute~~~\nReally',
    'Write ``` before and after',
    'a `b\nc` d ```x``` e',
  ])('leaves %j as text', (text) => expect(read(text)).not.toContain('code('));

  it('keeps lines that only end in backticks within code about markdown', () => {
    expect(read('````md\nRun ```ls```\nx```\n````\nThen')).toBe(
      'code(md: "Run ```ls```\\nx```") p(Then)',
    );
    expect(read('```js\nconst a = `x```;\n```')).toBe('code(js: "const a = `x```;")');
  });
});

describe('formulas as models write them', () => {
  it.each([
    ['\\[\na = b\n\\] where a is small', 'formula(a = b) p(where a is small)'],
    ['\\[\na = b\n\\], **where**\nmore', 'formula(a = b,) p(strong(where)) p(more)'],
    ['$$\na = b\n$$ where', 'formula(a = b) p(where)'],
    ['so \\[\na\n- b\n\\] and', 'p(so) formula(a\n- b) p(and)'],
    ['so $$\na\n+ b\n$$\nand', 'p(so) formula(a\n+ b) p(and)'],
    ['1. So \\[\n   a\n   \\] and\n2. b', 'ol1(li(p(So) formula(a) p(and)) li(p(b)))'],
    [
      '\\begin{align}\na &= b \\\\\n- c\n\\end{align}\nText',
      'formula(\\begin{align}\na &= b \\\\\n- c\n\\end{align}) p(Text)',
    ],
    [
      'So \\begin{cases} a \\\\ b \\end{cases} holds',
      'p(So display(\\begin{cases} a \\\\ b \\end{cases}) holds)',
    ],
    [
      'So:\n\\begin{equation*}\nx\n\\end{equation*}.',
      'p(So:) formula(\\begin{equation*}\nx\n\\end{equation*}.)',
    ],
    ['$$\nx = 1\n\ny = 2\n$$', 'formula(x = 1\n\ny = 2)'],
    ['$$\n\nx = 1\n\n$$', 'formula(x = 1)'],
    ['\\[\n\nPV = nRT\n\n\\]\nText', 'formula(PV = nRT) p(Text)'],
    ['$ x + y $ and $ \\alpha $', 'p(math(x + y) and math(\\alpha))'],
    ['$ \\sin x = 1 $, $ 2x + 1 = 5 $.', 'p(math(\\sin x = 1), math(2x + 1 = 5).)'],
    ['设$x$为数，则\\(y\\)。', 'p(设math(x)为数，则math(y)。)'],
  ])('are read as meant: %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    'It costs $ 5 and $ 6.',
    '$ 5 + $ 10 = $ 15',
    'R$ 10,00 + R$ 20,00 = R$ 30,00',
    'between $ 5 - 10 $ or so',
    'a $ b $ c',
    '$ ls -l\n$ cd x',
    'I have $ 5 = enough $ and more',
    'Costs $5, or 6$ there',
    'US$5 – US$6 (or A$7)',
    'He said \\begin{letter} once',
    '$$\nx\n\nThis is a sentence about y = 2.\n$',
    'earn $$\n\nand more',
  ])('leaves %j as text', (text) => expect(read(text)).not.toMatch(/math|display|formula/));
});

describe('emphasis beside scripts without spaces', () => {
  it.each([
    ['**提示：**先保存文件。', 'p(strong(提示：)先保存文件。)'],
    ['请**“保存”**文件', 'p(请strong(“保存”)文件)'],
    ['这是**《红楼梦》**的作者', 'p(这是strong(《红楼梦》)的作者)'],
    ['**注意:**API 已更新', 'p(strong(注意:)API 已更新)'],
    ['请看API**(重要)**说明', 'p(请看APIstrong((重要))说明)'],
    ['これは**「重要」**です', 'p(これはstrong(「重要」)です)'],
    ['**スクリプト（script）**を実行', 'p(strong(スクリプト（script）)を実行)'],
    ['**스크립트(script)**를 실행', 'p(strong(스크립트(script))를 실행)'],
    ['**ข้อควรระวัง:**โปรดบันทึก', 'p(strong(ข้อควรระวัง:)โปรดบันทึก)'],
    ['*注：*先保存', 'p(emphasis(注：)先保存)'],
    ['_注：_先保存', 'p(emphasis(注：)先保存)'],
    ['~~旧的。~~新的', 'p(strike(旧的。)新的)'],
    ['***注：***先', 'p(emphasis(strong(注：))先)'],
    ['**甲：**乙**丙：**丁', 'p(strong(甲：)乙strong(丙：)丁)'],
    ['**𠮷野家。**𠮷', 'p(strong(𠮷野家。)𠮷)'],
    ['**完成✅**请看', 'p(strong(完成✅)请看)'],
    ['**100%**的人', 'p(strong(100%)的人)'],
  ])('reads %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each(['f(**kw) and g(**kw)', '表_用户_信息', '3*4*5 个', 'a ** b ** c', '**x ：先'])(
    'leaves %j as text',
    (text) => expect(read(text)).not.toMatch(/strong|emphasis/),
  );
});

describe('addresses beside other scripts', () => {
  const linked = (text: string) => /link\((.*?): /.exec(read(text))?.[1];
  it.each([
    ['文档https://example.com，里面有', 'https://example.com'],
    ['文档https://example.com里面有', 'https://example.com'],
    ['见（https://example.com/a）。', 'https://example.com/a'],
    ['见「https://example.com/a」', 'https://example.com/a'],
    ['请访问https://example.com/docs查看', 'https://example.com/docs'],
    ['https://example.com/docsを参照', 'https://example.com/docs'],
    ['www.example.com에서', 'www.example.com'],
    ['https://zh.wikipedia.org/wiki/中文。', 'https://zh.wikipedia.org/wiki/中文'],
    ['https://例子.测试/路径，看', 'https://例子.测试/路径'],
    ['https://münchen.de/straße!', 'https://münchen.de/straße'],
    ['https://пример.рф/путь, и', 'https://пример.рф/путь'],
    ['https://example.com؟ نعم', 'https://example.com'],
    ['“https://example.com/a”', 'https://example.com/a'],
    ['https://example.com/a—or', 'https://example.com/a'],
    [
      'https://en.wikipedia.org/wiki/Bose–Einstein_x',
      'https://en.wikipedia.org/wiki/Bose–Einstein_x',
    ],
    ['https://example.com:8080端口', 'https://example.com:8080'],
    ['https://example.com？x=1', 'https://example.com'],
    ['https://example.com🦙', 'https://example.com'],
    ['https://example.com\u200b\u202ex', 'https://example.com'],
    ['http://127.0.0.1:3000/a。', 'http://127.0.0.1:3000/a'],
    ['https://example.com।', 'https://example.com'],
  ])('of %j end where they were meant to', (text, address) => expect(linked(text)).toBe(address));
});
