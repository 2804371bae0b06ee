import { describe, expect, it } from 'vitest';
import {
  libraryEntry,
  matchingEntries,
  readLibrary,
  takenForQuestion,
  unneededDocuments,
} from '../../../src/core/documents/library';
import { maxAttachments } from '../../../src/core/documents/document';

const document = (id: string) => ({ id, kind: 'text', text: 'Hay costs seven.' }) as const;
const entry = (name: string, keptAtMs = 0) => libraryEntry(name, document(name), keptAtMs);
const attachment = (id: string) => ({ id, name: `${id}.txt`, kind: 'text', characters: 1 });

describe('an entry of the library', () => {
  it('has what its row shows, without the text', () => {
    const pages = { ...document('d'), pageStarts: [0, 4] };
    expect(libraryEntry('a.pdf', pages, 5)).toMatchObject({
      attachment: { id: 'd', name: 'a.pdf', pages: 2, characters: 16 },
      keptAtMs: 5,
    });
    expect(libraryEntry('a.pdf', pages, 5).tokens).toBeGreaterThan(2);
    expect(JSON.stringify(libraryEntry('a.pdf', pages, 5))).not.toContain('Hay');
  });
});

describe('the list of the library', () => {
  it('has the newest first, and each document once', () => {
    const again = { ...entry('a', 3), attachment: { ...entry('a').attachment, name: 'renamed' } };
    const names = readLibrary([entry('a', 1), entry('b', 2), again]).map(
      ({ attachment: { name } }) => name,
    );
    expect(names).toEqual(['renamed', 'b']);
  });

  it('leaves out what is stored otherwise', () => {
    const unreadable = [
      null,
      'x',
      {},
      { ...entry('a'), tokens: 'many' },
      { attachment: { id: 1 } },
    ];
    expect(readLibrary([...unreadable, entry('b')])).toEqual([entry('b')]);
  });
});

describe('a search in the library', () => {
  const all = [entry('Résumé 2026.pdf'), entry('report.pdf'), entry('notes.md')];
  const found = (query: string) =>
    matchingEntries(all, query).map(({ attachment }) => attachment.id);

  it('finds all words in a name, whatever their order, case and accents', () => {
    expect(found('PDF resume')).toEqual(['Résumé 2026.pdf']);
    expect(found('.pdf')).toEqual(['Résumé 2026.pdf', 'report.pdf']);
    expect(found('report notes')).toEqual([]);
  });

  it('of no words finds all', () => {
    expect(found('  ')).toHaveLength(3);
  });
});

describe('documents chosen for a question', () => {
  it('are attached once', () => {
    const chosen = [attachment('a'), attachment('b')];
    expect(takenForQuestion(chosen, { attachedIds: ['a'], count: 1 })).toEqual({
      taken: [attachment('b')],
      refused: undefined,
    });
  });

  it('are taken as far as there is room, and the first without room is named', () => {
    const chosen = [attachment('a'), attachment('b'), attachment('c')];
    const { taken, refused } = takenForQuestion(chosen, {
      attachedIds: ['a'],
      count: maxAttachments - 1,
    });
    expect(taken).toEqual([attachment('b')]);
    expect(refused).toEqual(attachment('c'));
    expect(takenForQuestion(chosen, { attachedIds: [], count: maxAttachments + 2 }).taken).toEqual(
      [],
    );
  });
});

describe('documents that can be deleted', () => {
  it('are those that no chat uses and the library does not have', () => {
    expect(unneededDocuments(['a', 'b', 'c'], ['a'], ['b'])).toEqual(['c']);
    expect(unneededDocuments([], ['a'], ['b'])).toEqual([]);
  });
});
