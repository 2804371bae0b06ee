import { describe, expect, it } from 'vitest';
import { chatAddress, readChatAddress } from '../../src/core/chat/chat-address';
import { rowsInSight } from '../../src/core/history/list-window';
import {
  followsEnd,
  lastTurns,
  turnsAround,
  withEarlier,
  withLater,
} from '../../src/core/chat/turn-window';

describe('the turns that are drawn', () => {
  it('are the last ones at first, and more in the direction in which a reader scrolls', () => {
    expect(lastTurns(10)).toEqual({ start: 0, end: null });
    expect(lastTurns(1000)).toEqual({ start: 970, end: null });
    expect(withEarlier(lastTurns(1000))).toEqual({ start: 930, end: null });
    expect(withEarlier({ start: 10, end: null }).start).toBe(0);
  });

  it('are those around a turn that was found', () => {
    expect(turnsAround(500, 1000)).toEqual({ start: 485, end: 515 });
    expect(withLater(turnsAround(500, 1000), 1000)).toEqual({ start: 485, end: 555 });
    expect(turnsAround(3, 1000).start).toBe(0);
    expect(turnsAround(990, 1000).end).toBeNull();
    expect(withLater({ start: 0, end: 970 }, 1000).end).toBeNull();
  });
});

describe('the rows that are drawn', () => {
  const tops = Array.from({ length: 10_001 }, (_, index) => index * 44);

  it('are the visible ones and some around them', () => {
    expect(rowsInSight(tops, { scrollTop: 0, clientHeight: 440 })).toEqual({ start: 0, end: 19 });
    expect(rowsInSight(tops, { scrollTop: 44_000, clientHeight: 440 })).toEqual({
      start: 992,
      end: 1019,
    });
    expect(rowsInSight(tops, { scrollTop: 1e9, clientHeight: 440 })).toEqual({
      start: 9991,
      end: 10_000,
    });
  });

  it('are none for an empty list', () => {
    expect(rowsInSight([0], { scrollTop: 0, clientHeight: 440 })).toEqual({ start: 0, end: 0 });
  });
});

describe('an address', () => {
  it('names a chat, and a message in it', () => {
    expect(readChatAddress(chatAddress('a-1'))).toEqual({ id: 'a-1', turnId: null });
    expect(readChatAddress(chatAddress('a', 't'))).toEqual({ id: 'a', turnId: 't' });
  });

  it.each(['', '#', '#/chat/', '#/chat/a/b/c', '#/chat/<x>', '#/chat/..%2f', 'x#/chat/a'])(
    'is none of %j',
    (hash) => expect(readChatAddress(hash)).toBeNull(),
  );
});

describe('the end of a growing list', () => {
  it('takes a reader within a line of the end to be at the end', () => {
    expect(followsEnd(false, { scrollTop: 960, clientHeight: 600, scrollHeight: 1600 }, 0)).toBe(
      true,
    );
    expect(followsEnd(false, { scrollTop: 900, clientHeight: 600, scrollHeight: 1600 }, 0)).toBe(
      false,
    );
  });

  it('stops following when the reader scrolls up, and not when the list has grown', () => {
    const position = { scrollTop: 900, clientHeight: 600, scrollHeight: 1600 };
    expect(followsEnd(true, position, 960)).toBe(false);
    expect(followsEnd(true, position, 900)).toBe(true);
    expect(followsEnd(true, position, 700)).toBe(true);
  });
});
