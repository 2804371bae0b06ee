import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activePath, appended, replaced, withoutTurn } from '../../../src/core/chat/branches';
import {
  type AnswerTurn,
  type Conversation,
  emptyConversation,
  type Turn,
  type UserTurn,
} from '../../../src/core/chat/conversation';
import { defaultSettings } from '../../../src/core/chat/conversation-settings';
import { merged } from '../../../src/core/history/merge';
import { anyAnswer, anyConversation, anyQuestion } from '../any-conversation';

const question = (id: string, parentId: string | null, text = id): Turn => ({
  role: 'user',
  id,
  parentId,
  text,
  atMs: 0,
});
const answer = (
  id: string,
  parentId: string,
  text: string,
  state: AnswerTurn['state'] = 'done',
): AnswerTurn => ({ role: 'assistant', id, parentId, text, atMs: 0, modelId: 'm', state });

/** q ─ a, the leaf */
const base: Conversation = [question('q', null), answer('a', 'q', 'Hello')].reduce(
  appended<Conversation>,
  emptyConversation('c', 0),
);
/** The other tab's copy: equal, but with no shared object. */
const theirs = () => structuredClone(base);
const ids = (turns: readonly Turn[]) => turns.map(({ id }) => id).join('');

describe('two tabs that tagged one conversation', () => {
  it('keep the tags of both', () => {
    const before = { ...base, tags: ['old', 'gone'] };
    const ours = { ...before, tags: ['old', 'gone', 'ours'] };
    const other = { ...structuredClone(before), tags: ['old', 'theirs'] };
    expect(merged(before, ours, other).tags).toEqual(['old', 'ours', 'theirs']);
  });
});

describe('two tabs that continued one conversation', () => {
  it('keep both questions as branches, and each shows its own', () => {
    const ours = appended(base, question('x', 'a'));
    const other = appended(theirs(), question('y', 'a'));
    const both = merged(base, ours, other);
    expect(ids(both.turns)).toBe('qayx');
    expect(ids(activePath(both))).toBe('qax');
    expect(ids(activePath(merged(base, other, ours)))).toBe('qay');
  });

  it('follow each other if only one of them continued', () => {
    const other = appended(theirs(), question('y', 'a'));
    expect(ids(activePath(merged(base, base, other)))).toBe('qay');
  });

  it('keep every parent before its children', () => {
    const ours = appended(appended(base, question('x', 'a')), answer('x2', 'x', '1'));
    const other = appended(appended(theirs(), question('y', 'a')), answer('y2', 'y', '2'));
    const seen = new Set<string | null>([null]);
    for (const { id, parentId } of merged(base, ours, other).turns) {
      expect(seen).toContain(parentId);
      seen.add(id);
    }
  });

  it('keep the object of an unchanged turn, so that it is not drawn again', () => {
    expect(merged(base, base, theirs()).turns[1]).toBe(base.turns[1]);
  });
});

describe('a turn that one side deleted', () => {
  it('is deleted', () => {
    expect(ids(merged(base, withoutTurn(base, 'a'), theirs()).turns)).toBe('q');
    expect(ids(merged(base, base, withoutTurn(theirs(), 'a')).turns)).toBe('q');
  });

  it('stays if the other wrote below it', () => {
    const ours = appended(base, question('x', 'a'));
    expect(ids(merged(base, ours, withoutTurn(theirs(), 'q')).turns)).toBe('qax');
    expect(
      ids(merged(base, withoutTurn(base, 'q'), appended(theirs(), question('y', 'a'))).turns),
    ).toBe('qay');
  });

  it('stays if the other changed it', () => {
    const ours = replaced(base, answer('a', 'q', 'Hello, and more'));
    expect(merged(base, ours, withoutTurn(theirs(), 'a')).turns[1]?.text).toBe('Hello, and more');
  });
});

describe('an answer', () => {
  const waiting = replaced(base, answer('a', 'q', '', 'waiting'));

  it('is taken from the tab that writes it', () => {
    const ours = replaced(waiting, answer('a', 'q', 'Hel', 'streaming'));
    expect(merged(waiting, ours, structuredClone(waiting)).turns[1]?.text).toBe('Hel');
    expect(merged(waiting, structuredClone(waiting), ours).turns[1]?.text).toBe('Hel');
  });

  it('is the longer one if both have changed it, and the one that has ended if they are equally long', () => {
    const short = replaced(waiting, answer('a', 'q', 'Hel', 'unfinished'));
    const long = replaced(waiting, answer('a', 'q', 'Hello', 'done'));
    expect(merged(waiting, short, long).turns[1]?.text).toBe('Hello');
    expect(merged(waiting, long, short).turns[1]?.text).toBe('Hello');
    const open = replaced(waiting, answer('a', 'q', 'Hello', 'streaming'));
    expect(merged(waiting, open, long).turns[1]).toMatchObject({ state: 'done' });
    expect(merged(waiting, long, open).turns[1]).toMatchObject({ state: 'done' });
  });
});

describe('title, place and settings', () => {
  it('are taken from the side that changed them', () => {
    const ours: Conversation = { ...base, title: 'Ours' };
    const settings = { ...defaultSettings, pinned: 'Be brief.' };
    const other: Conversation = { ...theirs(), onTop: true, settings };
    expect(merged(base, ours, other)).toMatchObject({
      title: 'Ours',
      onTop: true,
      settings: { pinned: 'Be brief.' },
    });
    const unnamed = { ...theirs() };
    expect(
      merged({ ...base, title: 'Old' }, { ...base, title: 'Old' }, unnamed),
    ).not.toHaveProperty('title');
  });
});

describe('every field that one side changed', () => {
  type Fields = Record<string, unknown>;

  /** Gives each changed field of `other` to one of the sides, in turns of `whose`. */
  function divided(base: object, other: object, whose: readonly ('ours' | 'theirs' | 'none')[]) {
    const sides = { ours: { ...base }, theirs: { ...base }, both: { ...base } } as Record<
      string,
      Fields
    >;
    const names = [...new Set([...Object.keys(base), ...Object.keys(other)])];
    const kept = ['id', 'role', 'parentId', 'schema', 'turns', 'leafId'];
    names
      .filter((name) => !kept.includes(name))
      .forEach((name, at) => {
        const side = whose[at % whose.length]!;
        if (side === 'none') return;
        for (const changed of [sides[side]!, sides['both']!]) {
          if (Object.hasOwn(other, name)) changed[name] = (other as Fields)[name];
          else delete changed[name];
        }
      });
    return sides as Record<'ours' | 'theirs' | 'both', Fields>;
  }
  const whose = fc.array(fc.constantFrom('ours', 'theirs', 'none'), { minLength: 1, maxLength: 9 });

  it('is in the merged turn, and a deleted field is not', () => {
    const twice = fc.oneof(fc.tuple(anyQuestion, anyQuestion), fc.tuple(anyAnswer, anyAnswer));
    fc.assert(
      fc.property(twice, whose, ([turn, other], sides) => {
        const { ours, theirs, both } = divided(turn, other, sides);
        const of = (one: object): Conversation => ({
          ...emptyConversation('c', 0),
          turns: [one as Turn],
          leafId: turn.id,
        });
        expect(merged(of(turn), of(ours), of(theirs)).turns[0]).toEqual(both);
      }),
    );
  });

  it('is in the merged conversation and in its settings', () => {
    fc.assert(
      fc.property(anyConversation, anyConversation, whose, whose, (one, other, sides, more) => {
        const settings = divided(one.settings, other.settings, more);
        const whole = divided(one, { ...other, settings: one.settings }, sides);
        const of = (side: 'ours' | 'theirs' | 'both') =>
          ({ ...whole[side], settings: settings[side] }) as unknown as Conversation;
        expect(merged(one, of('ours'), of('theirs'))).toEqual(of('both'));
      }),
    );
  });

  it('stays unchanged if nothing changed', () => {
    fc.assert(
      fc.property(anyConversation, (one) => {
        expect(merged(one, one, structuredClone(one))).toEqual(one);
      }),
    );
  });
});

describe('a summary', () => {
  const summary = { text: 'They said hello.', modelId: 'm', messages: 2 };
  const [first] = base.turns as [UserTurn];
  const summarised = replaced(base, { ...first, summary });

  it('of one tab is not erased by the other’s next save', () => {
    const ours = appended(theirs(), question('x', 'a'));
    const both = merged(base, ours, summarised);
    expect(both.turns[0]).toMatchObject({ summary });
    const next = merged(summarised, appended(both, question('y', 'x')), summarised);
    expect(next.turns[0]).toMatchObject({ summary });
  });

  it('that one tab removed stays removed if the other tab changed something else', () => {
    const { turns } = merged(
      summarised,
      base,
      replaced(summarised, { ...first, summary, atMs: 5 }),
    );
    expect(turns[0]).toEqual({ ...first, atMs: 5 });
    const reverse = merged(summarised, structuredClone(summarised), base);
    expect(reverse.turns[0]).not.toHaveProperty('summary');
  });

  it('keeps a turn that the other tab deleted', () => {
    expect(merged(base, summarised, withoutTurn(theirs(), 'q')).turns[0]).toMatchObject({
      summary,
    });
  });
});

describe('an answer that both tabs ended', () => {
  it('gets its end from one of them', () => {
    const waiting = replaced(base, answer('a', 'q', '', 'streaming'));
    const error = { code: 'engine-died', data: {} } as const;
    const ours = replaced(base, { ...answer('a', 'q', 'Hel', 'unfinished'), error });
    const other = replaced(base, answer('a', 'q', 'Hello'));
    expect(merged(waiting, ours, other).turns[1]).toEqual(answer('a', 'q', 'Hello'));
  });
});
