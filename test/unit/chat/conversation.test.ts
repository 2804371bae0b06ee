import { describe, expect, it } from 'vitest';
import {
  type AnswerTurn,
  cleanInput,
  type Conversation,
  answerToContinue,
  endAbandoned,
  type Turn,
} from '../../../src/core/chat/conversation';
import { exchangesOf, withPartial } from '../../../src/core/chat/exchanges';
import { dateOf } from '../../../src/core/prompt/as-of-date';
import { defaultSettings } from '../../../src/core/chat/conversation-settings';

const user = (text: string): Turn => ({
  role: 'user',
  id: `q-${text}`,
  parentId: null,
  text,
  atMs: 0,
});
const answer = (text: string, state: AnswerTurn['state'] = 'done'): AnswerTurn => ({
  role: 'assistant',
  id: `a-${text}`,
  parentId: null,
  text,
  atMs: 0,
  modelId: 'm',
  state,
});
const conversation = (turns: readonly Turn[]): Conversation => ({
  schema: 2,
  id: 'c',
  createdMs: 0,
  turns,
  leafId: turns.at(-1)?.id ?? null,
  settings: defaultSettings,
});

describe('cleanInput', () => {
  it('refuses blank text', () => {
    expect(cleanInput('')).toBeNull();
    expect(cleanInput(' \n\t')).toBeNull();
  });

  it('keeps the indent of pasted text, and drops blank lines at both ends', () => {
    expect(cleanInput('    return x')).toBe('    return x');
    expect(cleanInput('\treturn x  ')).toBe('\treturn x');
    expect(cleanInput('\n \n  if x:\n    y\n\n')).toBe('  if x:\n    y');
  });

  it('keeps emoji and mends lone surrogates', () => {
    expect(cleanInput(' 🦙 ')).toBe('🦙');
    expect(cleanInput('a\ud83e')).toBe('a\ufffd');
    expect(cleanInput('\udd99b')).toBe('\ufffdb');
  });
});

describe('exchangesOf', () => {
  it('ends with the newest question, which has no answer yet', () => {
    const turns = [user('one'), answer('1'), user('two')];
    expect(exchangesOf(turns)).toEqual([
      { questionId: 'q-one', user: 'one', assistant: '1' },
      { questionId: 'q-two', user: 'two', assistant: null },
    ]);
  });

  it('leaves out questions that were never answered', () => {
    const turns = [user('one'), answer('', 'failed'), user('two')];
    expect(exchangesOf(turns).map(({ user: text }) => text)).toEqual(['two']);
  });

  it('contains the date of a question that has its own, also when it is no longer the newest', () => {
    const dated: Turn = { ...user('one'), role: 'user', asOf: dateOf(2007, 6, 15) };
    const turns = [dated, answer('1'), user('two')];
    expect(exchangesOf(turns).map(({ system }) => system)).toEqual([
      'Today is 2007-06-15.',
      undefined,
    ]);
  });

  it('counts what was written of a stopped answer', () => {
    const turns = [user('one'), answer('half', 'stopped'), user('two')];
    expect(exchangesOf(turns)[0]?.assistant).toBe('half');
  });
});

describe('endAbandoned', () => {
  it('leaves answers of another tab unchanged', () => {
    const open = conversation([user('q'), answer('so far', 'streaming')]);
    expect(endAbandoned(open, (id) => id === 'a-so far')).toBe(open);
  });

  it('marks an answer that was being written as unfinished and keeps its text', () => {
    const settled = endAbandoned(conversation([user('q'), answer('so far', 'streaming')]));
    expect(settled.turns[1]).toMatchObject({ text: 'so far', state: 'unfinished' });
  });
});

describe('an answer that is continued', () => {
  const llama = { id: 'm', name: 'Llama' };

  it('is partial in the newest exchange only', () => {
    const exchanges = exchangesOf([user('one'), answer('1'), user('two')]);
    expect(withPartial(exchanges, 'tw').map(({ partial }) => partial)).toEqual([undefined, 'tw']);
    expect(withPartial(exchanges, '')).toBe(exchanges);
  });

  it('forgets how it ended, and the space at its end', () => {
    const error = { code: 'engine-died', data: {} } as const;
    const ended = { ...answer('One, ', 'unfinished'), error, truncated: true };
    expect(answerToContinue(ended, llama)).toEqual({
      ...answer('One, ', 'waiting'),
      text: 'One,',
      modelName: 'Llama',
    });
  });

  it('remembers which model began it', () => {
    const partial = { ...answer('One', 'stopped'), modelName: 'Llama' };
    const other = answerToContinue(partial, { id: 'x', name: 'Other' });
    expect(other).toMatchObject({ modelId: 'x', alsoBy: [llama] });
    const back = answerToContinue(other, llama);
    expect(back).toMatchObject({ modelId: 'm', alsoBy: [{ id: 'x', name: 'Other' }] });
  });
});
