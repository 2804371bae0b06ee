// Files that are hostile, damaged or unusual: each is read as far as is right, or refused with its own code.
import { strToU8, zipSync, type Zippable } from 'fflate';
import { describe, expect, it } from 'vitest';
import { documentName } from '../../../src/core/documents/document-name';
import { errors } from '../../../src/i18n/en/errors';
import { readDocument } from '../../../workers/documents/read-document';
import { fileOf, madeDocx, madeEpub, madePdf } from '../../fixtures/made-documents';

const reading = { signal: new AbortController().signal, onProgress: () => {} };
const read = (content: Uint8Array | string, name = 'a.txt') =>
  readDocument(fileOf(content), name, reading);
const failure = (content: Uint8Array | string, name?: string) =>
  read(content, name).then(
    ({ text }) => `read: ${text.slice(0, 100)}`,
    (error: { code: string }) => error.code,
  );
const bytes = (...codes: number[]) => Uint8Array.from(codes);
const encoded = (text: string, table: Readonly<Record<string, readonly number[]>>) =>
  Uint8Array.from([...text].flatMap((letter) => table[letter] ?? [letter.charCodeAt(0)]));

describe('a file', () => {
  it('that cannot be opened, or not to its end, is said to be so', async () => {
    const gone = { size: 10, arrayBuffer: () => Promise.reject(new Error('gone')) } as Blob;
    await expect(readDocument(gone, 'a.txt', reading)).rejects.toMatchObject({
      code: 'document-unreadable',
    });
  });

  it.each(['a.txt', 'a.pdf', 'a.docx', 'a.epub', 'a.html', 'a'])(
    'of no bytes is empty, whatever it is called: %s',
    async (name) => {
      expect(await failure('', name)).toBe('document-empty');
    },
  );

  it('of a format whose markup alone could be read is refused', async () => {
    expect(await failure('{\\rtf1\\ansi Words}', 'a.rtf')).toBe('document-unknown-kind');
    expect(await failure('%!PS-Adobe-3.0\n(Words) show', 'a.ps')).toBe('document-unknown-kind');
  });

  it('that only speaks of PDF is a text', async () => {
    expect((await read('A PDF begins with %PDF-1.7, says its specification.')).kind).toBe('text');
  });

  it('that is a PDF behind other bytes is one', async () => {
    const pdf = await madePdf([['Words']]);
    const sent = new Uint8Array([...strToU8('\x1b%-12345X@PJL\r\n'), ...pdf]);
    expect(await read(sent)).toMatchObject({ kind: 'pdf', pageStarts: [0] });
  });

  it('shows in a list what it is called, and not what its name pretends or where it lies', () => {
    expect(documentName('../../etc/notes.txt')).toBe('notes.txt');
    expect(documentName('C:\\files\\notes.txt')).toBe('notes.txt');
    expect(documentName('invoice\u202etxt.exe\n')).toBe('invoicetxt.exe');
    expect(documentName('x'.repeat(4000))).toHaveLength(200);
    expect(documentName('\u202e')).toBe('?');
  });
});

describe('a text', () => {
  const japanese = { 日: [0x93, 0xfa], 本: [0x96, 0x7b], の: [0x82, 0xcc], こ: [0x82, 0xb1] };

  it('in Shift-JIS and EUC-JP is told by its hiragana', async () => {
    const text = '日本のこのこの日本の\n'.repeat(3);
    expect((await read(encoded(text, japanese))).text).toBe(text);
    const euc = { 日: [0xc6, 0xfc], 本: [0xcb, 0xdc], の: [0xa4, 0xce], こ: [0xa4, 0xb3] };
    expect((await read(encoded(text, euc))).text).toBe(text);
  });

  it('in an encoding that it does not tell is refused, and not read as nonsense', async () => {
    // “Привет, мир” in Windows-1251.
    const russian = bytes(0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x2c, 0x20, 0xec, 0xe8, 0xf0);
    expect(await failure(russian)).toBe('document-encoding');
  });

  it('with lines drawn with one sign is Western European all the same', async () => {
    const text = new Uint8Array([...strToU8('caff'), 0xe8, 0x0a, ...Array<number>(60).fill(0xaf)]);
    expect((await read(text)).text).toBe(`caffè\n${'¯'.repeat(60)}`);
  });

  it('in the encoding that a page or XML names is read', async () => {
    const page = '<!doctype html><meta charset="windows-1251"><p>';
    const russian = new Uint8Array([...strToU8(page), 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]);
    expect((await read(russian, 'a.html')).text).toBe('Привет');
    const xml = new Uint8Array([
      ...strToU8('<?xml version="1.0" encoding="shift_jis"?><a>'),
      ...encoded('日本の', japanese),
    ]);
    expect((await read(xml, 'a.xml')).text).toContain('日本の');
    const wrong = new Uint8Array([...strToU8('<meta charset="none"><p>caff'), 0xe8]);
    expect((await read(wrong, 'a.html')).text).toBe('caffè');
  });

  it('in UTF-8 with a broken byte is not taken for another encoding', async () => {
    const text = strToU8('Perché così? Là, più giù.'.repeat(4));
    expect((await read(new Uint8Array([...text, 0xe2, 0x82]))).text).toMatch(/^Perché così/);
  });

  it('in UTF-16 without a mark is told where hardly a letter is Latin', async () => {
    const text = `${'日本語の文章。'.repeat(30)}\n`;
    const utf16 = new Uint8Array(text.length * 2);
    [...text].forEach((_, at) => {
      new DataView(utf16.buffer).setUint16(at * 2, text.charCodeAt(at), true);
    });
    expect((await read(utf16)).text).toBe(text);
  });

  it('of one line of megabytes is read, or said to be too long', async () => {
    expect((await read('1,'.repeat(2_000_000), 'a.csv')).text).toHaveLength(4_000_000);
    expect(await failure('1,'.repeat(5_000_000), 'a.csv')).toBe('document-too-long');
  });

  it('has no letters that the model reads and a visitor does not see', async () => {
    const tags = [...'ignore'].map((letter) =>
      String.fromCodePoint(0xe0000 + letter.charCodeAt(0)),
    );
    expect((await read(`Words\u200b${tags.join('')}\u202e.`)).text).toBe('Words.');
  });
});

describe('an HTML page', () => {
  it('of elements nested without end is refused at once', async () => {
    expect(await failure('<div>'.repeat(2_000_000), 'a.html')).toBe('document-broken');
  });

  it('gives nothing that its style attributes hide', async () => {
    const hidden = ['display: none', 'color:red;VISIBILITY:hidden', 'font-size:0', 'opacity: 0;'];
    const page = hidden.map((style) => `<p style="${style}">Ignore all</p>`).join('');
    expect((await read(`<p style="font-size:0.9em">Seen</p>${page}`, 'a.html')).text).toBe('Seen');
  });
});

const docx = (files: Zippable) => zipSync({ '[Content_Types].xml': strToU8('<Types/>'), ...files });
const wordXml = (body: string) => strToU8(`<w:document><w:body>${body}</w:body></w:document>`);
const paragraph = (text: string, properties = '') =>
  `<w:p><w:r><w:rPr>${properties}</w:rPr><w:t>${text}</w:t></w:r></w:p>`;
const relationships = (target: string) =>
  strToU8(
    `<Relationships><Relationship Type="http://x/relationships/officeDocument" Target="${target}"/></Relationships>`,
  );

describe('a Word document', () => {
  it('without its main part is no such document, or damaged where it names one', async () => {
    expect(await failure(docx({}), 'a.docx')).toBe('document-unknown-kind');
    const broken = docx({ '_rels/.rels': relationships('word/document2.xml') });
    expect(await failure(broken, 'a.docx')).toBe('document-broken');
    const table = docx({ '_rels/.rels': relationships('xl/workbook.xml') });
    expect(await failure(table, 'a.xlsx')).toBe('document-unknown-kind');
  });

  it('is read where its main part is called otherwise', async () => {
    const file = docx({
      '_rels/.rels': relationships('/word/document2.xml'),
      'word/document2.xml': wordXml(paragraph('Words')),
    });
    expect((await read(file, 'a.docx')).text).toBe('Words');
  });

  it('gives neither hidden text, nor text twice', async () => {
    const box = `<mc:AlternateContent><mc:Choice>${paragraph('Box')}</mc:Choice><mc:Fallback>${paragraph('Box')}</mc:Fallback></mc:AlternateContent>`;
    const hidden = paragraph('Ignore all', '<w:vanish/>');
    const shown = paragraph('Shown', '<w:vanish w:val="0"/>');
    const file = docx({ 'word/document.xml': wordXml(hidden + shown + box) });
    expect((await read(file, 'a.docx')).text).toBe('Shown\n\nBox');
  });

  it('in UTF-16 is read', async () => {
    const xml = `\ufeff<w:document>${paragraph('Città')}</w:document>`;
    const utf16 = new Uint8Array(new Uint16Array([...xml].map((one) => one.charCodeAt(0))).buffer);
    expect((await read(docx({ 'word/document.xml': utf16 }), 'a.docx')).text).toBe('Città');
  });

  it('inside another archive is not looked for', async () => {
    const inner = madeDocx([['', 'Words']]);
    expect(await failure(zipSync({ 'inner.docx': inner }), 'a.docx')).toBe('document-unknown-kind');
  });

  it('with nested elements without end, or more parts than a document has, is refused', async () => {
    const nested = docx({ 'word/document.xml': strToU8('<w:tbl>'.repeat(500_000)) });
    expect(await failure(nested, 'a.docx')).toBe('document-broken');
    const parts = Array.from({ length: 6000 }, (_, at) => [`${at}.html`, strToU8('')] as const);
    expect(await failure(docx(Object.fromEntries(parts)), 'a.docx')).toBe('document-broken');
  });
});

describe('an EPUB', () => {
  const epub = (book: string, chapter: string) =>
    zipSync({
      'META-INF/container.xml': strToU8('<rootfile full-path="OPS/book.opf"/>'),
      'OPS/book.opf': strToU8(book),
      'OPS/c.xhtml': strToU8(chapter),
    });
  const item = (href: string) => `<item id="c" href="${href}"/>`;

  it('expands no entity of its own, and asks nobody for one', async () => {
    const entities = '<!ENTITY x SYSTEM "file:///etc/hosts"><!ENTITY a "lol"><!ENTITY b "&a;&a;">';
    const chapter = `<!DOCTYPE html [${entities}]><p>Before &x;&b; after</p>`;
    const { text } = await read(epub(`${item('c.xhtml')}<itemref idref="c"/>`, chapter), 'a.epub');
    expect(text).toContain('Before &x;&b; after');
  });

  it('that names a chapter a million times is read once', async () => {
    const book = item('c.xhtml') + '<itemref idref="c"/>'.repeat(1_000_000);
    expect((await read(epub(book, '<p>Words</p>'), 'a.epub')).text).toBe('Words');
  });

  it.each(['http://[', '%zz', '//elsewhere.example/c.xhtml', 'missing.xhtml', ''])(
    'whose chapter is at %j has none',
    async (href) => {
      const code = await failure(epub(`${item(href)}<itemref idref="c"/>`, '<p>x</p>'), 'a.epub');
      expect(['document-broken', 'document-empty']).toContain(code);
    },
  );

  it('that unpacks to too much, or whose chapters are too long, is refused', async () => {
    const long = Array.from({ length: 60 }, () => `<p>${'word '.repeat(20_000)}</p>`);
    expect(await failure(madeEpub(long), 'a.epub')).toBe('document-too-long');
    const bomb = zipSync({
      'META-INF/container.xml': strToU8('<rootfile full-path="a.opf"/>'),
      'a.html': [new Uint8Array(30_000_000), { level: 4 }],
      'b.html': [new Uint8Array(30_000_000), { level: 4 }],
    });
    expect(await failure(bomb, 'a.epub')).toBe('document-too-large');
  });
});

it('the codes of refused files have words that name the file', () => {
  for (const code of ['document-encoding', 'document-unreadable'] as const) {
    expect(errors[code]({ name: 'a.txt' }).title).toContain('a.txt');
  }
});
