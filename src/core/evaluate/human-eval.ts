/**
 * Reads HumanEval's own file. Each line has `task_id`, `prompt`, `entry_point`, `canonical_solution`, `test`. Chen et
 * al., "Evaluating Large Language Models Trained on Code", arXiv 2107.03374 (2021). The tests are in Python. The app
 * runs them if the visitor fetches Python, and exports the completions in the format of HumanEval's own
 * `evaluate_functional_correctness`.
 */
import { codeIn } from './javascript-task';
import { type Row, textsOf } from './json-lines';
import { type Outcome, single, type Task } from './task';

const maxAnswerTokens = 512;
const fields = ['task_id', 'prompt', 'entry_point', 'canonical_solution', 'test'] as const;

export interface HumanEvalProblem {
  readonly taskId: string;
  readonly prompt: string;
  readonly entryPoint: string;
  /** Python code that defines `check`. */
  readonly test: string;
}

export function isHumanEval(row: Row): boolean {
  return fields.every((field) => field in row);
}

/** Throws `dataset-unreadable`. */
export function humanEvalProblems(rows: readonly Row[]): readonly HumanEvalProblem[] {
  return rows.map((row, index) => {
    const { task_id, prompt, entry_point, test } = textsOf(row, fields, index + 1);
    return { taskId: task_id, prompt, entryPoint: entry_point, test };
  });
}

export function humanEvalTasks(rows: readonly Row[]): readonly Task[] {
  return humanEvalProblems(rows).map(({ taskId, prompt }) => {
    const text = `Complete this Python function. Answer with the whole function in one code block.\n\`\`\`python\n${prompt.trimEnd()}\n\`\`\``;
    return single(taskId, { text, check: { kind: 'python' } }, maxAnswerTokens);
  });
}

/**
 * The part of an answer that follows the prompt. The harness runs prompt, completion and test one after the
 * other, so for a whole function the prompt's function gets an empty body and is then redefined.
 */
function completionOf(entryPoint: string, answer: string): string {
  const code = codeIn(answer, entryPoint);
  const isWhole = new RegExp(`^(?:async )?def ${entryPoint}\\b`, 'm').test(code);
  return isWhole ? `    pass\n\n\n${code}\n` : `${code}\n`;
}

/** The program that HumanEval's harness runs: the answer is right if the program ends without an error. */
export function humanEvalProgram(
  { prompt, entryPoint, test }: HumanEvalProblem,
  answer: string,
): string {
  return `${prompt}${completionOf(entryPoint, answer)}\n${test}\ncheck(${entryPoint})`;
}

/** The lines of `samples.jsonl`. */
export function humanEvalSamples(
  problems: readonly HumanEvalProblem[],
  outcomes: readonly Outcome[],
): string {
  return outcomes
    .map(({ taskId, answers }) => {
      const entryPoint = problems.find((problem) => problem.taskId === taskId)?.entryPoint ?? '';
      const completion = completionOf(entryPoint, answers[0]?.text ?? '');
      return `${JSON.stringify({ task_id: taskId, completion })}\n`;
    })
    .join('');
}
