import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { appended } from '../../../src/core/chat/branches';
import {
  type AnswerTurn,
  type Conversation,
  emptyConversation,
  type Turn,
} from '../../../src/core/chat/conversation';
import { suggestsTitles, wantsTitle } from '../../../src/core/chat/suggested-title';
import { titleIn } from '../../../src/core/chat/title-text';
import { titleOf } from '../../../src/core/history/conversation-summary';

const question: Turn = { role: 'user', id: 'q', parentId: null, text: 'Why?', atMs: 0 };
const answer: AnswerTurn = {
  role: 'assistant',
  id: 'a',
  parentId: 'q',
  text: 'Because.',
  atMs: 0,
  modelId: 'm',
  state: 'done',
};
const chat = (...turns: readonly Turn[]): Conversation =>
  turns.reduce(appended<Conversation>, emptyConversation('c', 0));

describe('a title that a model wrote', () => {
  it.each([
    ['  "Llamas in the Andes."\n\nI hope that helps!', 'Llamas in the Andes'],
    ['**Title: Llamas**', 'Llamas'],
    ['\n\n# «I lama delle Ande»', 'I lama delle Ande'],
    ['<think>\nHm.\n</think>\nLlamas', 'Llamas'],
  ])('%j is read as %j', (written, title) => expect(titleIn(written)).toBe(title));

  it.each(['', ' \n ', '"..."', '<think>What could', '\u202e\u200b'])('%j is none', (written) =>
    expect(titleIn(written)).toBeNull(),
  );

  it('is one short line without invisible characters, and is read again unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (written) => {
        const title = titleIn(written);
        if (title === null) return;
        expect(title.length).toBeLessThanOrEqual(60);
        expect(title).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]/u);
        expect(titleIn(title)).toBe(title);
      }),
    );
    expect(titleIn('word '.repeat(40))).toBe(`${'word '.repeat(10)}word…`);
  });
});

describe('a title is wanted', () => {
  it('after the first answer alone', () => {
    expect(wantsTitle(chat(question, answer))).toBe(true);
    expect(wantsTitle(chat(question))).toBe(false);
    expect(wantsTitle(chat(question, { ...answer, state: 'stopped' }))).toBe(false);
    expect(wantsTitle(chat(question, { ...answer, text: ' ' }))).toBe(false);
    const next: Turn = { ...question, id: 'r', parentId: 'a' };
    expect(wantsTitle(chat(question, answer, next))).toBe(false);
  });

  it('if there is none yet, and no document that would have to be read again', () => {
    expect(wantsTitle({ ...chat(question, answer), title: 'Mine' })).toBe(false);
    expect(wantsTitle({ ...chat(question, answer), suggestedTitle: 'Its' })).toBe(false);
    const attachments = [{ id: 'd', name: 'a.txt', kind: 'text', characters: 1 }];
    expect(wantsTitle(chat({ ...question, attachments } as Turn, answer))).toBe(false);
  });

  it('of models of about a billion parameters, or as the visitor chose', () => {
    const [small, large] = [{ downloadBytes: 98_000_000 }, { downloadBytes: 670_000_000 }];
    expect(suggestsTitles('auto', small)).toBe(false);
    expect(suggestsTitles('auto', large)).toBe(true);
    expect(suggestsTitles('on', small)).toBe(true);
    expect(suggestsTitles('off', large)).toBe(false);
  });
});

describe('the title of a chat', () => {
  it('is the visitor’s, then the model’s, then the first words', () => {
    const plain = chat(question, answer);
    expect(titleOf(plain)).toBe('Why?');
    expect(titleOf({ ...plain, suggestedTitle: 'Reasons' })).toBe('Reasons');
    expect(titleOf({ ...plain, suggestedTitle: 'Reasons', title: 'Mine' })).toBe('Mine');
  });
});
