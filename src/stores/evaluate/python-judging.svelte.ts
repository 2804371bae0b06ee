/**
 * Judges HumanEval answers with Python at the visitor's request: Python is fetched then and ends with the page.
 */
import { humanEvalProblems, humanEvalProgram } from '../../core/evaluate/human-eval';
import { PythonError, type PythonProblem } from '../../core/evaluate/python-problem';
import type { StoredRun } from '../../core/evaluate/run';
import type { Outcome } from '../../core/evaluate/task';
import type { PythonOutput } from '../../protocol/python';
import type { SuiteRuns } from './suite-runs.svelte';

/** Runs and judges programs. */
export interface Python {
  judge(
    program: string,
    onBytes: (bytes: number) => void,
    signal: AbortSignal,
  ): Promise<PythonOutput>;
  close(): void;
}

export interface PythonJudgingOptions {
  readonly suites: Pick<SuiteRuns, 'rowsOf' | 'replaceOutcome'>;
  readonly python: Python;
  /** The size of the download; null in a build without Python. */
  readonly sizeBytes: number | null;
}

export interface JudgingProgress {
  readonly runId: string;
  /** The received bytes of the download; stays 0 if everything is stored. */
  readonly receivedBytes: number;
  readonly done: number;
  readonly total: number;
}

export class PythonJudging {
  readonly sizeBytes: number | null;
  progress = $state.raw<JudgingProgress | null>(null);
  /** Why the last judging ended early. */
  problem = $state.raw<{ readonly runId: string; readonly code: PythonProblem } | null>(null);

  readonly #options: PythonJudgingOptions;
  #controller: AbortController | null = null;

  constructor(options: PythonJudgingOptions) {
    this.#options = options;
    this.sizeBytes = options.sizeBytes;
  }

  /** Judges a run's remaining answers. Never rejects: see `problem`. */
  async judge({ run, outcomes }: StoredRun): Promise<void> {
    if (this.progress) return;
    const { suites, python } = this.#options;
    const { signal } = (this.#controller = new AbortController());
    const left = outcomes.filter(isUnjudged);
    this.problem = null;
    this.progress = { runId: run.id, receivedBytes: 0, done: 0, total: left.length };
    const onBytes = (bytes: number) => this.#advance({ receivedBytes: bytes });
    try {
      const problems = humanEvalProblems(await suites.rowsOf(run.id));
      for (const outcome of left) {
        const problem = problems.find(({ taskId }) => taskId === outcome.taskId);
        const [answer] = outcome.answers;
        if (!problem || !answer) continue;
        const output = await python.judge(humanEvalProgram(problem, answer.text), onBytes, signal);
        const reason = output.type === 'failed' ? { reason: output.reason } : {};
        const judged = { ...answer, verdict: output.type, ...reason };
        await suites.replaceOutcome(run.id, { ...outcome, answers: [judged] });
        this.#advance({ done: 1 });
      }
    } catch (cause) {
      if (!signal.aborted) {
        const code = cause instanceof PythonError ? cause.problem : 'python-failed';
        console.warn(cause);
        this.problem = { runId: run.id, code };
      }
    }
    python.close();
    this.#controller = null;
    this.progress = null;
  }

  /** Verdicts so far are kept. */
  cancel(): void {
    this.#controller?.abort();
  }

  #advance({ receivedBytes = 0, done = 0 }: { receivedBytes?: number; done?: number }): void {
    const { progress } = this;
    if (!progress) return;
    this.progress = {
      ...progress,
      receivedBytes: progress.receivedBytes + receivedBytes,
      done: progress.done + done,
    };
  }
}

/** True if an answer is not judged yet. */
export function isUnjudged({ answers }: Outcome): boolean {
  return answers.some(({ verdict }) => verdict === 'not-judged');
}
