import { describe, expect, it } from 'vitest';
import { fuzzyScore } from '../../../src/core/settings/fuzzy-match';
import {
  presetFile,
  readFileSnippets,
  readPresetFile,
} from '../../../src/core/settings/preset-file';
import {
  filled,
  placeOf,
  readSnippets,
  snippetText,
  variablesIn,
  withImportedSnippets,
} from '../../../src/core/settings/prompt-snippets';

describe('a search for a name', () => {
  const names = ['Patient teacher', 'Proofreader', 'Short answers', 'Città e porti'];
  const best = (query: string) =>
    names
      .map((name) => ({ name, score: fuzzyScore(query, name) }))
      .filter(({ score }) => score !== null)
      .sort((a, b) => b.score! - a.score!)[0]?.name;

  it.each([
    ['pt', 'Patient teacher'],
    ['PROOF', 'Proofreader'],
    ['sh an', 'Short answers'],
    ['citta', 'Città e porti'],
    ['etc/passwd', undefined],
    ['teacherp', undefined],
  ])('%s finds %s', (query, name) => expect(best(query)).toBe(name));

  it('prefers beginnings of words to letters within', () => {
    expect(fuzzyScore('sa', 'Short answers')!).toBeGreaterThan(fuzzyScore('sa', 'Messages')!);
  });
});

describe('a snippet', () => {
  it('is filled once: inserted text is not searched for variables', () => {
    expect(
      filled('{{clipboard}}, {{ date }}: {{selection}}{{other}}', {
        clipboard: '{{date}} $& $1',
        date: '29 November 2026',
      }),
    ).toBe('{{date}} $& $1, 29 November 2026: {{other}}');
  });

  it('tells where a variable that could not be read has its place', () => {
    const values = { date: '1 May', selection: 'sea' };
    const text = '{{selection}} on {{date}}: {{ clipboard }}. {{clipboard}}';
    const at = placeOf('clipboard', text, values)!;
    expect(filled(text, values).slice(0, at)).toBe('sea on 1 May: ');
    expect(placeOf('clipboard', '{{date}}', values)).toBeNull();
  });

  it('names its variables, so that the clipboard is read only if it is needed', () => {
    expect([...variablesIn('{{date}} {{clipboard}} {{date}} {{x}}')]).toEqual([
      'date',
      'clipboard',
    ]);
    expect(variablesIn('{clipboard}').size).toBe(0);
  });

  it('has a text of limited length', () => {
    expect(snippetText(' \n')).toBeNull();
    expect(snippetText('x'.repeat(30_000))).toHaveLength(20_000);
  });
});

describe('snippets in a file of presets', () => {
  const snippets = [{ name: 'Sum up', text: 'Sum up: {{clipboard}}' }];

  it('come back as they were written, beside presets that older versions read too', () => {
    const text = presetFile([], snippets);
    expect(readFileSnippets(text)).toEqual(snippets);
    expect(readPresetFile(text)).toEqual([]);
    expect(readFileSnippets(presetFile([]))).toEqual([]);
  });

  it.each([
    [{}, 'snippets'],
    [Array.from({ length: 101 }, () => snippets[0]), 'snippets'],
    [[null], 'snippets[0].name'],
    [[{ name: '\u202e', text: 'x' }], 'snippets[0].name'],
    [[{ name: 'x', text: 7 }], 'snippets[0].text'],
    [[{ name: 'x', text: 'x'.repeat(20_001) }], 'snippets[0].text'],
  ])('are refused as a whole if one is not valid', (list, place) => {
    expect(() => readSnippets(list)).toThrow(
      expect.objectContaining({ code: 'presets-unreadable', data: { place } }),
    );
  });

  it('overwrite nothing', () => {
    const other = { name: 'Sum up', text: 'Other' };
    expect(withImportedSnippets(snippets, [...snippets, other])).toEqual([
      ...snippets,
      { name: 'Sum up (2)', text: 'Other' },
    ]);
  });
});
