import { describe, expect, it } from 'vitest';
import { blocksOf, outline } from './shown.ts';

const read = (text: string) => outline(blocksOf(text));

describe('markdown in an answer', () => {
  it.each([
    ['a **b** *c* ~~d~~ `e`', 'p(a strong(b) emphasis(c) strike(d) `e`)'],
    ['one\ntwo', 'p(one⏎two)'],
    ['# A\n\n## B', 'h2(A) h3(B)'],
    ['- a\n  - b\n- c', 'ul(li(p(a) ul(li(p(b)))) li(p(c)))'],
    ['3. a\n4. b', 'ol3(li(p(a)) li(p(b)))'],
    ['- [x] done\n- [ ] open', 'ul(li([x] p(done)) li([ ] p(open)))'],
    ['> a\n> - b', 'quote(p(a) ul(li(p(b))))'],
    ['```js title="x"\na\n\nb\n```', 'code(js title="x": "a\\n\\nb")'],
    ['```\nnever closed', 'code(: "never closed"…)'],
    ['***', 'hr'],
  ])('reads %j', (text, expected) => expect(read(text)).toBe(expected));

  it('gives headings levels of the page, without gaps', () => {
    expect(read('### A\n# B\n#### C\n###### D\n## E')).toBe('h2(A) h2(B) h3(C) h4(D) h3(E)');
    expect(read('> # quoted\n\n# A')).toBe('quote(h(quoted)) h2(A)');
  });

  it('reads tables with or without a blank line before, and text after', () => {
    const table = '| a | b |\n|:--|--:|\n| 1 |\n| 2 | *3* | 4 |\n';
    expect(read(table)).toBe('table(a|b / 1| / 2|emphasis(3))');
    expect(read(`So:\n${table}End`)).toBe('p(So:) table(a|b / 1| / 2|emphasis(3)) p(End)');
    expect(blocksOf(table)[0]).toMatchObject({ alignments: ['left', 'right'] });
  });

  it('breaks a line in a table’s cell at `<br>`', () => {
    expect(read('| a |\n|---|\n| x<br>y<br/>z |')).toBe('table(a / x⏎y⏎z)');
  });

  it('shows all other HTML as it was written', () => {
    expect(read('<b>x</b> **y** <!-- z -->')).toBe('p(<b>x</b> strong(y) <!-- z -->)');
    expect(read('<div>\n**y**\n</div>')).toContain('strong(y)');
  });

  it('decodes the character references that models write', () => {
    expect(read('&amp; &lt;b&gt; &copy; &#233; &#x1F999;')).toBe('p(& <b> © é 🦙)');
    expect(read('&unknown; &#0; &#xD800; &#99999999;')).toBe('p(&unknown; � � &#99999999;)');
  });

  it('leaves arithmetic and names unchanged', () => {
    expect(read('2*3*4 = 24, 5 * 3, snake_case_name')).toBe(
      'p(2*3*4 = 24, 5 * 3, snake_case_name)',
    );
    expect(read('这是**重点**内容')).toBe('p(这是strong(重点)内容)');
  });

  it('does not read references, which would change what was shown before', () => {
    expect(read('[a]: https://x.org\n\n[a]')).toBe(
      'p([a]: link(https://x.org: https://x.org/)) p([a])',
    );
  });
});

describe('formulas', () => {
  it.each([
    ['$x^2$ and \\(y\\)', 'p(math(x^2) and math(y))'],
    ['so $$a$$ and \\[b\\]', 'p(so display(a) and display(b))'],
    ['$$\nx\n+ y\n$$', 'formula(x\n+ y)'],
    ['\\[ x \\].', 'formula(x.)'],
    ['text\n\\[\nx\n\\]\ntext', 'p(text) formula(x) p(text)'],
    ['$3 \\times 4$ and $2x$', 'p(math(3 \\times 4) and math(2x))'],
    ['`$x$`', 'p(`$x$`)'],
  ])('reads %j', (text, expected) => expect(read(text)).toBe(expected));

  it.each([
    'It costs $5 and $6.',
    'From $5 to $10 million, or US$3.',
    '$5-$6',
    'echo $HOME and $PATH',
    '$HOME:$PATH',
    'a $ b $ c',
    '$$',
    'Open \\$x\\$ marks',
  ])('leaves %j as text', (text) => expect(read(text)).not.toMatch(/math|display|formula/));

  it('shows one that never ends as text', () => {
    expect(read('$$\nx\n\nText')).toBe('plain($$\nx) p(Text)');
  });
});

describe('addresses', () => {
  it.each([
    ['see https://x.org/a_(b).', 'p(see link(https://x.org/a_(b): https://x.org/a_(b)).)'],
    ['(www.x.org)', 'p((link(www.x.org: https://www.x.org/)))'],
    [
      '<https://x.org> <a@x.org>',
      'p(link(https://x.org: https://x.org/) link(a@x.org: mailto:a@x.org))',
    ],
    ['[a **b**](https://x.org "t")', 'p(link(a strong(b): https://x.org/))'],
    ['![alt](https://x.org/i.png)', 'p(image(alt: https://x.org/i.png))'],
    ['[](https://x.org)', 'p(link(https://x.org: https://x.org/))'],
  ])('reads %j', (text, expected) => expect(read(text)).toBe(expected));

  it('shows a disallowed link as it was written', () => {
    expect(read('[x](javascript:alert(1))')).toBe('p([x](javascript:alert(1)))');
    expect(read('[**x**](/relative "t")')).toBe('p([strong(x)](/relative "t"))');
  });
});
