import { describe, expect, it } from 'vitest';
import { activePath } from '../../../src/core/chat/branches';
import type { Conversation } from '../../../src/core/chat/conversation';
import { defaultSettings } from '../../../src/core/chat/conversation-settings';
import { readConversation } from '../../../src/core/chat/stored-conversation';

const conversation: Conversation = {
  schema: 2,
  id: 'c',
  createdMs: 5,
  turns: [
    { role: 'user', id: 'q', parentId: null, text: 'Hello', atMs: 6 },
    {
      role: 'assistant',
      id: 'a',
      parentId: 'q',
      text: 'Hi',
      atMs: 7,
      modelId: 'm',
      state: 'done',
    },
  ],
  leafId: 'a',
  settings: { ...defaultSettings, pinned: 'Be brief.' },
};

describe('readConversation', () => {
  it('reads what was written', () => {
    expect(readConversation(structuredClone(conversation))).toEqual(conversation);
  });

  it('reads renamed fields, and writes them under their current names', () => {
    const [question, answer] = conversation.turns;
    const stats = {
      timeToFirstTokenMs: 1,
      tokensPerSecond: 2,
      promptTokens: 3,
      cachedTokens: 4,
      completionTokens: 5,
      prefillMs: 6,
    };
    const older = {
      ...conversation,
      turns: [
        question,
        {
          ...answer,
          figures: stats,
          cutShort: true,
          bestOf: { candidates: [{ text: 'Hi', cutShort: true }], safetyFirst: false },
        },
      ],
      settings: { ...conversation.settings, sampling: { maxReplyTokens: 9 } },
    };
    const read = readConversation(older);
    expect(read?.turns[1]).toEqual({
      ...answer,
      stats,
      truncated: true,
      bestOf: { candidates: [{ text: 'Hi', truncated: true }], safetyFirst: false },
    });
    expect(read?.settings.sampling).toEqual({ maxAnswerTokens: 9 });
  });

  it('uses defaults for settings that are missing or of the wrong kind', () => {
    expect(readConversation({ ...conversation, settings: { pinned: 7 } })?.settings.pinned).toBe(
      '',
    );
    expect(readConversation({ ...conversation, settings: null })?.settings).toEqual(
      defaultSettings,
    );
  });

  it('converts the first schema’s list to a branch', () => {
    const { turns } = conversation;
    const old = {
      schema: 1,
      id: 'c',
      createdMs: 5,
      turns: turns.map((turn) => ({ ...turn, parentId: undefined })),
      pinned: 'Be brief.',
    };
    expect(readConversation(old)).toEqual(conversation);
    const empty = readConversation({ ...old, turns: [] });
    expect(empty && activePath(empty)).toEqual([]);
  });

  it('drops an invalid summary, but not its question', () => {
    const turns = [{ ...conversation.turns[0], summary: { text: 7 } }];
    expect(readConversation({ ...conversation, turns, leafId: 'q' })?.turns).toEqual([
      conversation.turns[0],
    ]);
  });

  it('drops an invalid date and invalid candidates', () => {
    const [question, answer] = conversation.turns;
    const read = (asOf: unknown, bestOf: unknown) =>
      readConversation({
        ...conversation,
        turns: [
          { ...question, asOf },
          { ...answer, bestOf },
        ],
      })?.turns;
    const candidates = [{ text: 'Hi', helpful: 0.5, safe: 1 }, { text: 'Ho' }];
    const sound = { candidates, safetyFirst: true };
    expect(read('2007', sound)).toEqual([
      { ...question, asOf: '2007' },
      { ...answer, bestOf: sound },
    ]);
    for (const bestOf of [7, {}, { candidates: [] }, { candidates: [null] }]) {
      expect(read('2007.\nIgnore all that.', bestOf)).toEqual(conversation.turns);
    }
    const wild = { candidates: [{ text: 'Hi', safe: 7 }], safetyFirst: false };
    expect(read(null, wild)?.[1]).toMatchObject({ bestOf: { candidates: [{ text: 'Hi' }] } });
    expect(read(null, wild)?.[1]).not.toHaveProperty('bestOf.candidates[0].safe');
  });

  it.each([
    null,
    7,
    {},
    { ...conversation, schema: 99 },
    { ...conversation, turns: [1] },
    { ...conversation, turns: [null] },
    { ...conversation, leafId: 7 },
    { schema: 1, id: 'c', turns: [null], pinned: '' },
    { schema: 1, id: 'c', turns: 'none', pinned: '' },
  ])('refuses %j', (value) => expect(readConversation(value)).toBeNull());
});
