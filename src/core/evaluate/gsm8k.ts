/**
 * Reads GSM8K's own file. Each line is `{"question": …, "answer": "… <<3*4=12>> …
 * #### 12"}`. Cobbe et al., "Training Verifiers to Solve Math Word Problems", arXiv 2110.14168 (2021).
 */
import { AppError } from '../../protocol/errors';
import { finalNumber } from './check';
import { type Row, textsOf } from './json-lines';
import { single, type Task } from './task';

const maxAnswerTokens = 400;

/** Zero-shot; the published result used eight worked examples in the prompt. */
export const mathsPrompt = (question: string) =>
  `${question}\nThink step by step, then write the final number after ####.`;

export function isGsm8k(row: Row): boolean {
  return 'question' in row && 'answer' in row;
}

/** Throws `dataset-unreadable` for a row without a number after `####`. */
export function gsm8kTasks(rows: readonly Row[]): readonly Task[] {
  return rows.map((row, index) => {
    const { question, answer } = textsOf(row, ['question', 'answer'], index + 1);
    const value = answer.includes('####') ? finalNumber(answer) : null;
    if (value === null) throw new AppError('dataset-unreadable', { line: index + 1 });
    const asked = { text: mathsPrompt(question), check: { kind: 'number', value } } as const;
    return single(`gsm8k/${index}`, asked, maxAnswerTokens);
  });
}
