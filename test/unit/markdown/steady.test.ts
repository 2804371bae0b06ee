import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MarkdownDocument } from '../../../src/core/markdown/document.ts';
import { blocksOf, looks, outline } from './shown.ts';

/** What a growing text shows at each of its lengths, and when it is complete. */
function shownWhileGrowing(text: string): readonly string[] {
  const document = new MarkdownDocument();
  const seen = Array.from(text, (_, at) => document.update(text.slice(0, at + 1), true));
  return [...seen, document.update(text, false)].map(({ groups }) => outline(groups.flat()));
}

/** The first length at which a shown character changes its look; null if there is none. */
function firstJump(text: string): string | null {
  const document = new MarkdownDocument();
  let before: readonly string[] = [];
  for (let length = 1; length <= text.length + 1; length++) {
    const growing = length <= text.length;
    // Tokens are whole characters.
    if (/[\ud800-\udbff]/.test(text.charAt(length - 1))) continue;
    const now = looks(document.update(text.slice(0, length), growing).groups.flat());
    const at = before.findIndex((look, index) => look !== now[index]);
    if (at >= 0) {
      return `${JSON.stringify(text.slice(0, length))}: ${before[at]} became ${now[at]}`;
    }
    before = now;
  }
  return null;
}

describe('a growing answer never shows anything that changes later', () => {
  it('holds back text after an open mark', () => {
    expect(shownWhileGrowing('a **b** c')).toEqual([
      'p(a)',
      'p(a)',
      'p(a )',
      'p(a )',
      'p(a )',
      'p(a )',
      'p(a )',
      'p(a strong(b))',
      'p(a strong(b) c)',
      'p(a strong(b) c)',
    ]);
  });

  it('shows a link only when its address is complete', () => {
    const shown = new Set(shownWhileGrowing('See [the docs](https://example.org/a) now'));
    expect(shown).toContain('p(See )');
    expect([...shown].filter((one) => one.includes('['))).toEqual([]);
  });

  it('shows code from the line after its fence on, and never its closing marks', () => {
    expect(new Set(shownWhileGrowing('```py\nx = 1\n```\n'))).toEqual(
      new Set([
        '',
        'code(py: ""…)',
        'code(py: "x"…)',
        'code(py: "x "…)',
        'code(py: "x ="…)',
        'code(py: "x = "…)',
        'code(py: "x = 1"…)',
        'code(py: "x = 1")',
      ]),
    );
  });

  it('shows a table when its second line has come, and then row by row', () => {
    expect([...new Set(shownWhileGrowing('|a|b|\n|-|-|\n|1|2|\n'))]).toEqual([
      '',
      'table(a|b)',
      'table(a|b / 1|2)',
    ]);
  });

  it('shows a formula when it is complete', () => {
    const shown = [...new Set(shownWhileGrowing('So \\(x^2\\) and\n\\[\ny\n\\]\nend'))];
    expect(shown.filter((one) => /[\\$]/.test(one))).toEqual([]);
    expect(shown).toContain('p(So math(x^2) and) formula(y)');
  });

  it('reads an underline as a rule, so that the paragraph above stays a paragraph', () => {
    expect(shownWhileGrowing('a\n---\n').at(-1)).toBe('p(a) hr');
  });

  it('gives up an open mark after a bound, for good', () => {
    const words = 'and on it goes '.repeat(30);
    const shown = outline(blocksOf(`**${words}`, { growing: true }));
    expect(shown).toContain('**and on it goes');
    expect(outline(blocksOf(`**${words}x** y`))).toContain('**and on it goes');
  });

  const answers = {
    'nested lists with tasks':
      'Plan:\n\n1. **First**, do `this`\n   - [x] a task\n   - [ ] another *one*\n2. Then that\n\nDone.',
    'a table after a sentence':
      'Here it is:\n| Name | Price |\n|:--|--:|\n| *Tea* | $5 |\n| Milk | `2 * 3` |\n\nIt costs $5 and $6.',
    'code in a quote and a list':
      '> Try:\n> ```sh\n> ls -la *.txt\n> ```\n> and\n\n- then\n  ```js\n  const a = "**b**";\n  ```\n- end',
    mathematics:
      'For $x_1$ and $x_2$:\n\n$$\n\\sum_i x_i\n$$\n\nso \\[a\\] holds, 2*3*4 = 24, 5 * 3, and $5 of $6.',
    addresses:
      'See https://example.org/a_b(c), www.example.org. <https://x.org> <me@x.org> [w](x) ![i](http://y.z/i.png)!',
    'headings and rules': '# One\n\n### Three #\ntext\n---\n***\n___\n## Two **b**\n+ a\n* b\n- c',
    'unclosed marks':
      'Use *args and **kwargs, a_b_c, `open, [open, ![open, $open, \\(open, ~~open\n\nNext.',
    'HTML and entities':
      'a <b>bold</b> &amp; &lt;i&gt; &copy; &unknown; <br> x\n<div>\n**y**\n</div>',
  };
  it.each(Object.entries(answers))('never shows %s in two ways', (_, text) => {
    expect(firstJump(text)).toBeNull();
    expect(firstJump(text.replaceAll('\n', '\r\n'))).toBeNull();
  });

  it('never changes the shown part of two thousand random texts', () => {
    const random = randomNumbers(20_261_124);
    for (let round = 0; round < 2000; round++) expect(firstJump(randomText(random))).toBeNull();
  });

  it('never changes the shown part of texts as models write them', () => {
    fc.assert(
      fc.property(textAsModelsWrite, (text) => {
        expect(firstJump(text)).toBeNull();
      }),
      { numRuns: 2000 },
    );
  });
});

describe('a text that grew', () => {
  it('ends like the same text read at once', () => {
    const random = randomNumbers(8);
    for (let round = 0; round < 1000; round++) {
      const text = randomText(random);
      const document = new MarkdownDocument();
      for (let at = 0; at < text.length; at += 3) document.update(text.slice(0, at), true);
      expect(outline(document.update(text, false).groups.flat())).toBe(outline(blocksOf(text)));
    }
  });

  it('ends like the same text read at once, for texts as models write them', () => {
    fc.assert(
      fc.property(textAsModelsWrite, fc.integer({ min: 1, max: 5 }), (text, step) => {
        const document = new MarkdownDocument();
        for (let at = 0; at < text.length; at += step) document.update(text.slice(0, at), true);
        expect(outline(document.update(text, false).groups.flat())).toBe(outline(blocksOf(text)));
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the blocks before its end as the very same objects', () => {
    const document = new MarkdownDocument();
    const text = 'One.\n\n- a\n- b\n- c\n\n```js\n1\n```\n\n'.repeat(20);
    const before = document.update(text, true).groups;
    const after = document.update(`${text}More and`, true).groups;
    expect(after.slice(0, 4).every((group, at) => group === before[at])).toBe(true);
    const kept = new Set(before.flat());
    expect(after.flat().filter((block) => !kept.has(block)).length).toBeLessThan(4);
  });

  it('keeps the items of a growing list', () => {
    const document = new MarkdownDocument();
    const items = (text: string) => {
      const [block] = document.update(text, true).groups.flat();
      return block?.type === 'list' ? block.items : [];
    };
    const text = '- item\n'.repeat(50);
    const before = items(text);
    const after = items(`${text}- new`);
    expect(after).toHaveLength(51);
    expect(after.slice(1, 45).every((item, at) => item === before[at + 1])).toBe(true);
  });

  it('starts again when it is replaced', () => {
    const document = new MarkdownDocument();
    document.update('# One\n\ntext', true);
    expect(outline(document.update('- two', false).groups.flat())).toBe('ul(li(p(two)))');
  });
});

const parts = [
  'a',
  'b c',
  'word ',
  'py',
  '5',
  '.',
  ' ',
  ':',
  '(',
  ')',
  '<',
  '>',
  '!',
  '\\',
  '&',
  '&amp;',
  '*',
  '**',
  '***',
  '_',
  '~~',
  '`',
  '``',
  '```',
  '~~~',
  '[',
  '](',
  'x)',
  'http://a.b',
  'www.x.y ',
  '\n',
  '\n\n',
  '\n  ',
  '\n    ',
  '\n- ',
  '1. ',
  '- [ ] ',
  '> ',
  '# ',
  '---',
  '<br>',
  '|',
  '|a|b|\n',
  '|-|-|\n',
  '$',
  '$$',
  '\\(',
  '\\)',
  '\\[',
  '\\]',
];

/** What a dialect for models' texts must handle. */
const partsOfModels = [
  '先保存',
  '：',
  '，',
  '“',
  '”',
  '（',
  '）',
  '한국어',
  'ไทย',
  'привет',
  '🦙',
  '12',
  '–',
  '/',
  '-',
  '\n 1. ',
  '\n   * ',
  '\n\t- ',
  '\n      2. ',
  '\n3. ',
  '\n10) ',
  '\n        - ',
  '\n 1999. ',
  'Run: ```bash\n',
  '```\n',
  'ls```\n',
  '```',
  '\n  ```js\n',
  '\n      ```\n',
  '~~~\n',
  '``` x',
  '$ ',
  ' $',
  'x + y',
  ' = ',
  '\\begin{align}',
  '\\end{align}',
  '\\]\n',
  '\\[\n',
  '$$\n',
  '\\sin ',
  'https://例.中/',
  'www.a.bc',
  'https://a.b/c',
  '**',
  '~~',
  '_',
  '\n\n',
  '\n> ',
];

const textAsModelsWrite = fc
  .array(fc.constantFrom(...parts, ...partsOfModels, ...partsOfModels), {
    minLength: 2,
    maxLength: 16,
  })
  .map((chosen) => chosen.join(''));

function randomText(random: () => number): string {
  const length = 3 + Math.floor(random() * 14);
  return Array.from({ length }, () => parts[Math.floor(random() * parts.length)]).join('');
}

/** The same numbers each time: a linear congruential generator (Numerical Recipes). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
