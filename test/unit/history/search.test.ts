import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appended } from '../../../src/core/chat/branches';
import { emptyConversation, type Turn } from '../../../src/core/chat/conversation';
import { fold } from '../../../src/core/history/fold';
import {
  hitOf,
  isHit,
  queryWords,
  searchDocument,
  searchTerms,
} from '../../../src/core/history/search';

const say = (text: string, index: number): Turn => ({
  role: 'user',
  id: `t${index}`,
  parentId: null,
  text,
  atMs: 0,
});
const documentOf = (...texts: string[]) =>
  searchDocument(texts.map(say).reduce(appended, emptyConversation('c', 0)));
const find = (query: string, ...texts: string[]) => {
  const [document, words] = [documentOf(...texts), queryWords(query)];
  return isHit(searchTerms(document), words) ? hitOf(document, words) : null;
};
/** What is marked, as it is written. */
const marked = (query: string, ...texts: string[]) => {
  const snippet = find(query, ...texts)?.snippet;
  return snippet?.marks.map(([start, end]) => snippet.text.slice(start, end));
};

describe('the words that are kept of a chat', () => {
  const text = fc.string({
    unit: fc.constantFrom('a', 'B', 'é', ' ', '\n', '\u3000', '漢', '\u0301'),
  });
  it('contain a query’s words exactly if its texts or its title do', () => {
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 3 }), text, (texts, query) => {
        const document = documentOf(...texts);
        const words = queryWords(query);
        const isIn = (word: string) =>
          document.folded.includes(word) || document.foldedTitle.includes(word);
        expect(isHit(searchTerms(document), words)).toBe(words.every(isIn));
      }),
    );
  });
});

describe('folding', () => {
  it('removes case and accents, and keeps every position', () => {
    expect(fold('CAFÉ Zürich ÅNGSTRÖM').text).toBe('cafe zurich angstrom');
    for (const text of [
      'İstanbul',
      'ﬁne',
      'straße',
      '🦙 Ñandú',
      'ΑΒΓ',
      '日本語',
      'a\u0301',
      '\ud83e',
    ]) {
      const { text: folded, placeOf } = fold(text.normalize('NFC'));
      expect(placeOf(folded.length)).toBe(text.normalize('NFC').length);
    }
    expect(fold('İstanbul').text).toBe('istanbul');
  });

  const find = (query: string, text: string) => {
    const [word = ''] = queryWords(query);
    return fold(text.normalize('NFC')).text.includes(word);
  };

  it.each([
    ['cafe', 'Café'],
    ['CAFÉ', 'cafe'],
    ['da nang', 'Đà Nẵng'],
    ['αθηνα', 'Αθήνα'],
    ['ΟΔΟΣ', 'οδός'],
    ['еще', 'ещё'],
    ['замок', 'за\u0301мок'],
    ['שלום', 'שָׁלוֹם'],
    ['محمد', 'مُحَمَّد'],
    ['احمد', 'أحمد'],
    ['كتاب', 'كتـــاب'],
    ['ABC123', 'ＡＢＣ１２３'],
    ['exe', 'e\u00adxe'],
  ])('lets %j find %j, as its readers do', (query, text) => expect(find(query, text)).toBe(true));

  it.each([
    ['バス', 'パス'],
    ['ハス', 'バス'],
    ['か', 'が'],
    ['ば', 'は\u309a'],
    ['й', 'и'],
    ['и', 'й'],
    ['і', 'ї'],
    ['у', 'ў'],
    ['г', 'ѓ'],
    ['ड', 'ड़'],
    ['क', 'ख'],
    ['한', '하'],
    ['하', '한'],
    ['ᄒ', '한'],
    ['ก', 'ข'],
    ['و', 'ؤ'],
    ['ي', 'ئ'],
  ])('does not let %j find %j, another letter', (query, text) => {
    expect(find(query, text)).toBe(false);
  });
});

describe('a search', () => {
  it('finds every word in any turn, ignoring case and accents', () => {
    expect(find('PARIS france', 'The capital of France?', 'It is Paris.')).not.toBeNull();
    expect(find('cafe\u0301', 'Ein Café')).not.toBeNull();
    expect(find('paris spain', 'The capital of France?', 'It is Paris.')).toBeNull();
    expect(queryWords(' \n ')).toEqual([]);
  });

  it('shows the place at which all words are close together, if there is one', () => {
    const hit = find('the sea', 'The hill', 'We saw the sea. The sea was calm.');
    expect(hit?.turnId).toBe('t1');
    expect(marked('the sea', 'The hill', 'We saw the sea.')).toEqual(['the', 'sea']);
  });

  it('marks the matching words, also after characters of several units', () => {
    expect(marked('zurich', '🦙🦙 Ich bin in ZÜRICH, im schönen Zürich.')).toEqual([
      'ZÜRICH',
      'Zürich',
    ]);
  });

  it('cuts a long text around the place, and marks the cut', () => {
    const snippet = find('needle', `${'hay '.repeat(500)}needle ${'hay '.repeat(500)}`)?.snippet;
    expect(snippet?.text).toMatch(/^…(hay )+needle (hay )+.*…$/);
    expect(snippet?.text.length).toBeLessThan(170);
    expect(snippet?.text.slice(...snippet.marks[0]!)).toBe('needle');
  });

  it.each([
    ['emoji of several parts', '👩‍🚀'],
    ['flags', '🇮🇹'],
    ['letters with marks', 'g̈'],
    ['syllables', 'क्षि'],
    ['Jamo', '\u1112\u1161\u11ab'.normalize('NFD')],
    ['letters of two units', '𠮷'],
  ])('never ends in half a character: %s', (_, character) => {
    const whole = [...new Intl.Segmenter().segment(character.normalize('NFC'))];
    for (let shift = 0; shift < 12; shift++) {
      const text = `${'x'.repeat(shift)} needle ${character.repeat(300)} needle`;
      for (const query of ['needle', `${character}`]) {
        const snippet = find(query, `${character.repeat(50)}${text}`)?.snippet;
        const shown = snippet?.text.replaceAll('…', '').replace(/[x ]|needle/g, '');
        expect(shown?.replaceAll(whole.map(({ segment }) => segment).join(''), '')).toBe('');
        for (const [start, end] of snippet?.marks ?? []) {
          const marked = snippet?.text.slice(start, end).replaceAll(character.normalize('NFC'), '');
          expect(['', 'needle']).toContain(marked);
        }
      }
    }
  });

  it('marks whole characters', () => {
    expect(marked('👩', 'a 👩‍🚀 b')).toEqual(['👩‍🚀']);
    expect(marked('שלום', 'ו שָׁלוֹם ו')).toEqual(['שָׁלוֹם']);
    expect(marked('ab', 'x a\u00adb y')).toEqual(['a\u00adb']);
  });

  it('joins marks that overlap', () => {
    expect(marked('llama lam', 'A llama.')).toEqual(['llama']);
  });

  it('finds a title, and then has no snippet', () => {
    const conversation = { ...appended(emptyConversation('c', 0), say('Hi', 0)), title: 'My plan' };
    const document = searchDocument(conversation);
    expect(hitOf(document, ['plan'])).toMatchObject({ snippet: null, titleMarks: [[3, 7]] });
  });

  it('treats pattern characters as text', () => {
    expect(find('.*', 'nothing')).toBeNull();
    expect(find('a.*b(', 'is a.*b( there')).not.toBeNull();
  });
});
