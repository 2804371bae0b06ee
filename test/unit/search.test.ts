import { describe, expect, it } from 'vitest';
import { appended } from '../../src/core/branches';
import { emptyConversation, type Turn } from '../../src/core/conversation';
import { fold, hitOf, isHit, queryWords, searchDocument } from '../../src/core/search';

const say = (text: string, index: number): Turn => ({
  ...{ role: 'user', id: `t${index}`, parentId: null, text, atMs: 0 },
});
const documentOf = (...texts: string[]) =>
  searchDocument(texts.map(say).reduce(appended, emptyConversation('c', 0)), 0);
const find = (query: string, ...texts: string[]) => {
  const [document, words] = [documentOf(...texts), queryWords(query)];
  return isHit(document, words) ? hitOf(document, words) : null;
};
/** What is marked, as it is written. */
const marked = (query: string, ...texts: string[]) => {
  const snippet = find(query, ...texts)?.snippet;
  return snippet?.marks.map(([start, end]) => snippet.text.slice(start, end));
};

describe('folding', () => {
  it('takes away case and accents, and keeps every place', () => {
    expect(fold('CAFÉ Zürich ÅNGSTRÖM')).toBe('cafe zurich angstrom');
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
      expect(fold(text)).toHaveLength(text.length);
    }
    expect(fold('İstanbul')).toBe('istanbul');
  });
});

describe('a search', () => {
  it('finds every word, in whatever turn, whatever its case and accents', () => {
    expect(find('PARIS france', 'The capital of France?', 'It is Paris.')).not.toBeNull();
    expect(find('cafe\u0301', 'Ein Café')).not.toBeNull();
    expect(find('paris spain', 'The capital of France?', 'It is Paris.')).toBeNull();
    expect(queryWords(' \n ')).toEqual([]);
  });

  it('shows the place where the words stand together, if they do', () => {
    const hit = find('the sea', 'The hill', 'We saw the sea. The sea was calm.');
    expect(hit?.turnId).toBe('t1');
    expect(marked('the sea', 'The hill', 'We saw the sea.')).toEqual(['the', 'sea']);
  });

  it('marks what is written, also after characters of several units', () => {
    expect(marked('zurich', '🦙🦙 Ich bin in ZÜRICH, im schönen Zürich.')).toEqual([
      'ZÜRICH',
      'Zürich',
    ]);
  });

  it('cuts a long text around the place, and says that it is cut', () => {
    const snippet = find('needle', `${'hay '.repeat(500)}needle ${'hay '.repeat(500)}`)?.snippet;
    expect(snippet?.text).toMatch(/^…(hay )+needle (hay )+.*…$/);
    expect(snippet?.text.length).toBeLessThan(170);
    expect(snippet?.text.slice(...snippet.marks[0]!)).toBe('needle');
  });

  it('brings together marks that overlap', () => {
    expect(marked('llama lam', 'A llama.')).toEqual(['llama']);
  });

  it('finds a title, and then has no snippet', () => {
    const conversation = { ...appended(emptyConversation('c', 0), say('Hi', 0)), title: 'My plan' };
    const document = searchDocument(conversation, 0);
    expect(hitOf(document, ['plan'])).toMatchObject({ snippet: null, titleMarks: [[3, 7]] });
  });

  it('takes signs of patterns for text', () => {
    expect(find('.*', 'nothing')).toBeNull();
    expect(find('a.*b(', 'is a.*b( there')).not.toBeNull();
  });
});
