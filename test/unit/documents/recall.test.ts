import { describe, expect, it } from 'vitest';
import { PassageIndex } from '../../../src/core/documents/passage-index';
import questions from '../../fixtures/document-questions.json';

type Language = keyof typeof questions;

/** Sections about other years, in the words of the true ones, without their answers. */
function longDocument(language: Language): string {
  const { sections } = questions[language];
  const filler = (round: number, at: number) => {
    const [first, second] = [sections[at]!, sections[(at + round) % sections.length]!];
    const words = `${first.text} ${second.text}`.match(/[\p{L}']+/gu) ?? [];
    const shuffled = words.map((_, place) => words[(place * 7 + round * 3) % words.length]);
    return `## ${first.heading} ${1950 + round}\n\n${shuffled.slice(0, 40).join(' ')}.`;
  };
  const rounds = [1, 2, 3, 4].map((round) => sections.map((_, at) => filler(round, at)));
  const true_ = sections.map(({ heading, text }) => `## ${heading}\n\n${text}`);
  return [...rounds.slice(0, 2), true_, ...rounds.slice(2)].flat().join('\n\n');
}

describe('questions with known passages', () => {
  it.each(['en', 'it'] as const)('find theirs among the first five: %s', (language) => {
    const text = longDocument(language);
    const index = new PassageIndex({ text });
    const missed = questions[language].questions.filter(({ question, answer }) => {
      const found = index.search(question, 5);
      return !found.some(({ from, to }) => text.slice(from, to).includes(answer));
    });
    const { length } = questions[language].questions;
    expect(
      (length - missed.length) / length,
      missed.map(({ question }) => question).join('\n'),
    ).toBeGreaterThanOrEqual(0.9);
  });

  it('find words in another form than the document has', () => {
    const text = '# A\n\nThe engines were running.\n\n# B\n\nNothing of the kind.';
    expect(new PassageIndex({ text }).search('run engine', 1)[0]?.from).toBe(0);
    const italian =
      '# A\n\nI gatti sono nel giardino della casa con i bambini.\n\n# B\n\nNon è così per gli altri.';
    expect(new PassageIndex({ text: italian }).search('gatto', 1)[0]?.from).toBe(0);
  });

  it('find nothing where no word is in the document, which then is given from its beginning', () => {
    const index = new PassageIndex({
      text: '# A\n\nWords.\n\n# B\n\nOthers.',
      pageStarts: [0, 12],
    });
    expect(index.search('zebra', 5)).toEqual([]);
    expect(index.first(1)).toMatchObject([{ from: 0, page: 1 }]);
  });
});
