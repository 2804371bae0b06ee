import { describe, expect, it } from 'vitest';
import { appended } from '../../src/core/chat/branches';
import { type Conversation, emptyConversation, type Turn } from '../../src/core/chat/conversation';
import { type ConversationSummary, summaryOf } from '../../src/core/history/conversation-summary';
import { groupedByDay } from '../../src/core/history/history-groups';

const say = (text: string, atMs = 0): Turn => ({
  role: 'user',
  id: text,
  parentId: null,
  text,
  atMs,
});
const summary = (updatedMs: number, onTop = false): ConversationSummary => ({
  id: String(updatedMs),
  title: 't',
  createdMs: 0,
  updatedMs,
  onTop,
  turnCount: 1,
  revision: 1,
});
const at = (text: string) => new Date(text).getTime(); // local time, as the groups are

describe('a summary', () => {
  const titled = (text: string): string =>
    summaryOf(appended(emptyConversation('c', 5), say(text)), { revision: 1 }).title;

  it('makes a title of one line from the first message, cut between words', () => {
    expect(titled('Hello\n  there')).toBe('Hello there');
    const long = titled('word '.repeat(50));
    expect(long).toMatch(/^(word )+word…$/);
    expect(long.length).toBeLessThanOrEqual(81);
    expect(titled('x'.repeat(200))).toBe(`${'x'.repeat(80)}…`);
    expect(titled(`${'x'.repeat(79)}🦙${'x'.repeat(9)}`)).toBe(`${'x'.repeat(79)}…`);
  });

  it('prefers the visitor’s own title, and is made from the draft if nothing was sent', () => {
    const empty = emptyConversation('c', 5);
    expect(summaryOf(empty, { revision: 1, draft: 'To do' }).title).toBe('To do');
    const named: Conversation = { ...appended(empty, say('Hi')), title: 'Mine' };
    expect(summaryOf(named, { revision: 1, draft: 'To do' }).title).toBe('Mine');
  });

  it('dates from the newest turn', () => {
    const two = appended(appended(emptyConversation('c', 5), say('a', 9)), say('b', 7));
    expect(summaryOf(two, { revision: 1 })).toMatchObject({ updatedMs: 9, turnCount: 2 });
    expect(summaryOf(emptyConversation('c', 5), { revision: 1 }).updatedMs).toBe(5);
  });
});

describe('groups', () => {
  const nowMs = at('2026-11-24T12:00');

  it('are days, then months, the newest first', () => {
    const times = ['2026-11-24T00:00', '2026-11-23T23:59', '2026-11-17T00:00', '2026-11-16T23:59'];
    const older = ['2026-11-01T00:00', '2026-10-31T23:59', '2025-11-24T12:00'];
    const groups = groupedByDay(
      [...older, ...times].map(at).map((ms) => summary(ms)),
      nowMs,
    );
    expect(groups.map(({ key, summaries }) => [key.kind, summaries.length])).toEqual([
      ['today', 1],
      ['yesterday', 1],
      ['last-7-days', 1],
      ['month', 2],
      ['month', 1],
      ['month', 1],
    ]);
    expect(groups[3]?.summaries[0]?.updatedMs).toBe(at('2026-11-16T23:59'));
  });

  it('begin with chats kept at the top', () => {
    const groups = groupedByDay([summary(nowMs), summary(at('2020-01-01T00:00'), true)], nowMs);
    expect(groups.map(({ key }) => key.kind)).toEqual(['on-top', 'today']);
  });

  it('put times in the future into today', () => {
    expect(groupedByDay([summary(at('2030-01-01T00:00'))], nowMs)[0]?.key.kind).toBe('today');
  });
});
