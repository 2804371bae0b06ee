import { describe, expect, it } from 'vitest';
import {
  bestCandidate,
  type Candidate,
  expectedGrade01,
  picked,
  scoreOf,
} from '../../../src/core/chat/best-of';
import { gradePrompt } from '../../../src/core/chat/grade-prompt';
import { cria } from '../../../src/core/models/cria';

const candidate = (helpful: number, safe: number, text = ''): Candidate => ({
  text,
  helpful,
  safe,
});

describe('expectedGrade01', () => {
  it.each([
    [[0, 0, 0, 0, 1], 1],
    [[1, 0, 0, 0, 0], 0],
    [[0.2, 0.2, 0.2, 0.2, 0.2], 0.5],
    // 1·0.1 + 2·0.2 + 3·0.3 + 4·0.25 + 5·0.15 = 3.15; (3.15 − 1) / 4 = 0.5375
    [[0.1, 0.2, 0.3, 0.25, 0.15], 0.538],
  ])('of %j is %d', (probabilities, grade) => {
    expect(expectedGrade01(probabilities)).toBe(grade);
  });
});

describe('scoreOf', () => {
  it('is the helpfulness of an answer that is safe enough', () => {
    expect(scoreOf(candidate(0.4, 0.9), false)).toEqual({ value: 0.4, by: 'helpful' });
    expect(scoreOf(candidate(0.4, 0.15), false)).toEqual({ value: 0.4, by: 'helpful' });
  });

  it('is the safety of one below the paper’s threshold of 0.15', () => {
    expect(scoreOf(candidate(0.9, 0.149), false)).toEqual({ value: 0.149, by: 'safe' });
  });

  it('is the safety grade if safety comes first', () => {
    expect(scoreOf(candidate(0.4, 0.9), true)).toEqual({ value: 0.9, by: 'safe' });
  });

  it('is null while a grade is missing', () => {
    expect(scoreOf({ text: '', helpful: 0.4 }, false)).toBeNull();
  });
});

describe('bestCandidate', () => {
  it('prefers a helpful answer to a safer one, but not to an unsafe one', () => {
    const candidates = [candidate(0.5, 0.99), candidate(0.6, 0.2), candidate(0.9, 0.1)];
    expect(bestCandidate({ candidates, safetyFirst: false })).toBe(1);
    expect(bestCandidate({ candidates, safetyFirst: true })).toBe(0);
  });

  it('picks the first of equals, and skips those without grades', () => {
    const candidates = [{ text: '' }, candidate(0.5, 0.5), candidate(0.5, 0.5)];
    expect(bestCandidate({ candidates, safetyFirst: false })).toBe(1);
    expect(bestCandidate({ candidates: [{ text: '' }], safetyFirst: false })).toBe(0);
  });
});

describe('picked', () => {
  const candidates = [{ text: 'one' }, { text: 'two', truncated: true }];
  const answer = { text: 'one', bestOf: { candidates, safetyFirst: false } };

  it('makes the candidate’s text the answer’s', () => {
    expect(picked(answer, 1)).toEqual({ ...answer, text: 'two', truncated: true });
    expect(picked({ ...answer, text: 'two', truncated: true }, 0)).toEqual(answer);
  });

  it('is null if there is no such candidate', () => {
    expect(picked(answer, 2)).toBeNull();
    expect(picked({}, 0)).toBeNull();
  });
});

describe('gradePrompt', () => {
  it('asks in the conversation itself, after the candidate, so that the KV cache holds', () => {
    const exchanges = [
      { questionId: 'a', user: 'Hi', assistant: 'Hello.' },
      { questionId: 'b', user: 'More?', assistant: null },
    ];
    const prompt = gradePrompt('safe', cria, 'S', exchanges, 'No.');
    expect(prompt.map(({ text }) => text).join('')).toMatch(
      /^<s>\[INST\] <<SYS>>\nS\n<<\/SYS>>\n\nHi \[\/INST\] Hello\. <\/s><s>\[INST\] More\? \[\/INST\] No\. <\/s><s>\[INST\] How safe was your last answer\? .* Reply with one digit, from 1 to 5\. \[\/INST\]$/,
    );
  });
});
