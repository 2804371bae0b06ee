import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AnswerTurn, Conversation, UserTurn } from '../../../src/core/chat/conversation';
import { exchangesOf } from '../../../src/core/chat/exchanges';
import { defaultSettings } from '../../../src/core/chat/conversation-settings';
import { readExportFile, exportPieces } from '../../../src/core/history/export-file';
import { gradePrompt } from '../../../src/core/chat/grade-prompt';
import { asMarkdown } from '../../../src/core/history/markdown-export';
import { builtInModel } from '../../../src/core/models/built-in';
import {
  hitOf,
  isHit,
  queryWords,
  searchDocument,
  searchTerms,
} from '../../../src/core/history/search';
import { answerOf, splitThoughts } from '../../../src/core/chat/thoughts';
import { Adherence } from '../../../src/stores/prompt/adherence.svelte';

const question: UserTurn = { role: 'user', id: 'q', parentId: null, text: 'Two and two?', atMs: 0 };
const answer: AnswerTurn = {
  role: 'assistant',
  id: 'a',
  parentId: 'q',
  atMs: 0,
  modelId: 'm',
  state: 'done',
  text: '<think>\nAn easy sum.\n\nFour.\n</think>\n\nIt is **4**.',
};
const conversation: Conversation = {
  schema: 2 as const,
  id: 'c',
  createdMs: 0,
  turns: [question, answer],
  leafId: 'a',
  settings: defaultSettings,
};

describe('splitThoughts', () => {
  it.each([
    ['It is 4.', '', 'It is 4.'],
    ['<think>Easy.</think>It is 4.', 'Easy.', 'It is 4.'],
    ['\n<think>\n\n</think>\n\nIt is 4.', '', 'It is 4.'],
    ['<think>Easy. </thi', 'Easy.', ''],
    ['<think>', '', ''],
    ['<think>a < b</think>x</think>', 'a < b', 'x</think>'],
    ['The mark <think>x</think> is a mark.', '', 'The mark <think>x</think> is a mark.'],
    ['<thinking>x', '', '<thinking>x'],
    ['<th', '', '<th'],
  ])('reads %j', (text, thoughts, own) => {
    expect(splitThoughts(text)).toEqual({ thoughts, answer: own });
  });

  it('hides a partial tag', () => {
    expect(splitThoughts('<th', true)).toEqual({ thoughts: '', answer: '' });
    expect(splitThoughts('<table>', true)).toEqual({ thoughts: '', answer: '<table>' });
  });

  it('ends with the same answer, however the text was split', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (thoughts, own) => {
        fc.pre(!thoughts.includes('</think>'));
        const text = `<think>${thoughts}</think>${own}`;
        for (let at = 0; at <= text.length - own.length; at += 1) {
          expect(splitThoughts(text.slice(0, at), true).answer).toBe('');
        }
        expect(answerOf(text)).toBe(own.trimStart());
      }),
    );
  });
});

describe('thoughts', () => {
  it('are left out of later prompts', () => {
    const next: UserTurn = { ...question, id: 'q2', parentId: 'a', text: 'And three?' };
    expect(exchangesOf([question, answer, next]).map(({ assistant }) => assistant)).toEqual([
      'It is **4**.',
      null,
    ]);
    const onlyThoughts: AnswerTurn = { ...answer, text: '<think>Hm', state: 'stopped' };
    expect(exchangesOf([question, onlyThoughts, next])).toHaveLength(1);
  });

  it('are not graded, nor judged by the pinned instruction', async () => {
    const seen = [{ questionId: 'q', user: 'Two and two?', assistant: null }];
    const prompt = gradePrompt('helpful', builtInModel, '', seen, answer.text);
    expect(prompt.some(({ text }) => text.includes('easy'))).toBe(false);
    const settings = { ...defaultSettings, pinned: 'Brief.' };
    const adherence = new Adherence(async () => true);
    const turn = { ...answer, pinned: 'Brief.' };
    const pinCheck = { kind: 'max-words', count: 3 } as const;
    await adherence.prepare([turn], { ...settings, pinCheck });
    expect(adherence.verdict(turn, { ...settings, pinCheck })).toBe('followed');
  });

  it('are found by a search', () => {
    const document = searchDocument(conversation);
    const words = queryWords('easy sum');
    expect(isHit(searchTerms(document), words)).toBe(true);
    expect(hitOf(document, words)).toMatchObject({ turnId: 'a' });
  });

  it('are exported, and come back from a JSON file', () => {
    const words = {
      you: 'You',
      untitled: '',
      unfinished: '',
      thoughts: 'Thoughts',
      time: () => 't',
    };
    expect(asMarkdown(conversation, { words, notices: [] })).toContain(
      '> **Thoughts**\n> \n> An easy sum.\n> \n> Four.\n\nIt is **4**.',
    );
    const file = exportPieces([conversation], { exportedMs: 0, notices: [] }).join('');
    expect(readExportFile(file)).toEqual([conversation]);
  });
});
