import { describe, expect, it } from 'vitest';
import { activePath, appended } from '../../../src/core/chat/branches';
import {
  type AnswerTurn,
  emptyConversation,
  answerToContinue,
} from '../../../src/core/chat/conversation';
import { exchangesOf } from '../../../src/core/chat/exchanges';
import { editedAnswer, endsAsEdited } from '../../../src/core/chat/edited-answer';
import { merged } from '../../../src/core/history/merge';

const answer: AnswerTurn = {
  role: 'assistant',
  id: 'a',
  parentId: 'q',
  text: 'Rome is the capital.',
  atMs: 1,
  modelId: 'm',
  modelName: 'Llama',
  state: 'stopped',
  truncated: true,
  pinned: 'Be brief.',
  stats: {
    timeToFirstTokenMs: 1,
    tokensPerSecond: 1,
    promptTokens: 1,
    cachedTokens: 0,
    completionTokens: 1,
    prefillMs: 1,
  },
};
const place = { id: 'b', atMs: 2 };
const chat = [
  {
    role: 'user',
    id: 'q',
    parentId: null,
    text: 'What is the capital of France?',
    atMs: 0,
  } as const,
  answer,
].reduce(appended, emptyConversation('c', 0));

describe('an edited answer', () => {
  it('is a new version without the stats of the model’s text', () => {
    expect(editedAnswer(answer, ' Paris is the capital.\n', place)).toEqual({
      role: 'assistant',
      id: 'b',
      parentId: 'q',
      text: 'Paris is the capital.',
      atMs: 2,
      modelId: 'm',
      modelName: 'Llama',
      state: 'done',
      edited: true,
    });
  });

  it('is null if the text is blank or unchanged', () => {
    expect(editedAnswer(answer, ' \n', place)).toBeNull();
    expect(editedAnswer(answer, answer.text, place)).toBeNull();
  });

  it('keeps the thoughts before it, which are not edited', () => {
    const thoughtful = { ...answer, text: '<think>\nRome?\n</think>\n\nRome.' };
    expect(editedAnswer(thoughtful, 'Rome.', place)).toBeNull();
    expect(editedAnswer(thoughtful, 'Paris.', place)?.text).toBe(
      '<think>\nRome?\n</think>\n\nParis.',
    );
  });

  it('is what the model sees before the next question', () => {
    const edited = appended(chat, editedAnswer(answer, 'Paris.', place)!);
    expect(exchangesOf(activePath(edited)).map(({ assistant }) => assistant)).toEqual(['Paris.']);
  });

  it('can be continued until a model has written its end', () => {
    const edited = editedAnswer(answer, 'Paris is', place)!;
    expect(endsAsEdited(edited)).toBe(true);
    expect(
      endsAsEdited({ ...answerToContinue(edited, { id: 'm', name: 'Llama' }), state: 'stopped' }),
    ).toBe(false);
    expect(endsAsEdited({ ...edited, stats: answer.stats! })).toBe(false);
    expect(endsAsEdited(answer)).toBe(false);
  });

  it('is kept beside that of another tab', () => {
    const ours = appended(chat, editedAnswer(answer, 'Paris.', place)!);
    const theirs = appended(chat, editedAnswer(answer, 'Lyon.', { id: 'd', atMs: 3 })!);
    const both = merged(chat, ours, theirs);
    expect(
      both.turns
        .map(({ text }) => text)
        .slice(1)
        .sort(),
    ).toEqual(['Lyon.', 'Paris.', 'Rome is the capital.']);
    expect(activePath(both).at(-1)?.text).toBe('Paris.');
  });
});
