/** A text of many scripts and kinds, for comparing tokenizers. */

const lines = [
  'The quick brown fox jumps over the lazy dog, doesn’t it? "Yes," she said -- and left.',
  'Nel mezzo del cammin di nostra vita mi ritrovai per una selva oscura, ché la diritta via era smarrita.',
  'Als Gregor Samsa eines Morgens aus unruhigen Träumen erwachte, fand er sich verwandelt.',
  'L’été, à Noël, où l’œuvre naïve s’achève; el niño comió pingüino; coração, ação, não.',
  'Привет, мир! Καλημέρα κόσμε. שלום עולם, مرحبا بالعالم. नमस्ते दुनिया। สวัสดีชาวโลก',
  '我能吞下玻璃而不伤身体。日本語の文章も、ひらがなとカタカナ。한국어도 있습니다.',
  'function f(x) {\n\treturn x => x ** 2; // <T extends Array<number>>\n}\n\n\n  if (a && b || !c) { i += 0x1F; }',
  'SELECT * FROM "llamas" WHERE name LIKE \'%a%\' AND age >= 12.50; -- 1,234,567.89 €',
  '🦙👩‍🚀🇮🇹❤️ emoji ⭐ and ᚠᛇᚻ runes, 𝔘𝔫𝔦𝔠𝔬𝔡𝔢 letters, a\u0301 combining, \u200bzero\u200dwidth\u2060',
  '    four spaces,  two,   three,\ttab,\r\nwindows line,\u00a0no-break, ▁lower one eighth▁block▁',
  'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa ABABABABABABAB !!!!!!!!??????? ----------- ======== ........',
  '[INST] and [/INST], <<SYS>> and <</SYS>>, <unk, s>, </ s>, < s >, <0x0A>, <|im_start|>',
  '\u0001\u0007\u001b[0m control \u007f\u0085 characters, \ufeff and \ufffd',
];

/** About 100 KB: each round joins the lines in another order, so that all meet. */
export function mixedText(): string {
  return Array.from({ length: 60 }, (_, round) =>
    lines.map((_line, index) => lines[(index * (round + 2) + round) % lines.length]).join(' '),
  ).join('\n');
}
