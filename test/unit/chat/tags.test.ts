import { describe, expect, it } from 'vitest';
import {
  allTags,
  cleanTag,
  cleanTags,
  hasTags,
  maxTags,
  shareOf,
  maxTagCharacters,
  withTags,
} from '../../../src/core/chat/tags';

describe('a tag', () => {
  it('is one line without what cannot be seen', () => {
    expect(cleanTag('  my\n\t work ')).toBe('my work');
    expect(cleanTag('a\u202eb\u0000')).toBe('ab');
    expect(cleanTag(' \u200b ')).toBeNull();
  });

  it('is cut to its greatest length, never within a character', () => {
    expect(cleanTag('x'.repeat(99))).toHaveLength(maxTagCharacters);
    expect(cleanTag(`${'x'.repeat(maxTagCharacters - 1)}🦙`)).toBe(
      'x'.repeat(maxTagCharacters - 1),
    );
  });
});

describe('imported tags', () => {
  it('drop duplicates, blank ones, invisible characters and those above the limit', () => {
    expect(cleanTags(['Work', ' WORK', '', 'ho\u202eme'])).toEqual(['Work', 'home']);
    expect(cleanTags(Array.from({ length: 99 }, (_, at) => `t${at}`))).toHaveLength(maxTags);
  });
});

describe('the tags of a chat', () => {
  it('are added and removed in any case, and none is there twice', () => {
    expect(withTags(['Work'], { add: ['work', 'Home'], remove: [] })).toEqual(['Work', 'Home']);
    expect(withTags(['Work', 'Home'], { add: [], remove: ['HOME'] })).toEqual(['Work']);
  });

  it('match a filter if all of it is among them', () => {
    expect(hasTags(['Work', 'Home'], ['home'])).toBe(true);
    expect(hasTags(['Work'], ['work', 'home'])).toBe(false);
    expect(hasTags(undefined, [])).toBe(true);
  });

  it('are listed once for all chats, with how many of these have each', () => {
    const lists = [['work', 'Ähre'], undefined, ['Work', 'zoo']];
    expect(allTags(lists, 'de')).toEqual(['Ähre', 'work', 'zoo']);
    expect(shareOf(lists, 'WORK')).toBe('some');
    expect(shareOf([['a'], ['A']], 'a')).toBe('all');
    expect(shareOf(lists, 'other')).toBe('none');
  });
});
