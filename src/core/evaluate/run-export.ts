/** Runs as files: everything as JSON, a line an answer as CSV. */
import { csv } from './csv';
import { scoresOf, type StoredRun } from './run';

export const evaluationFormat = 'corral-evaluation';

export function runsAsJson(runs: readonly StoredRun[], exportedMs: number): string {
  const file = {
    format: evaluationFormat,
    version: 1,
    exportedAt: new Date(exportedMs).toISOString(),
    runs: runs.map((stored) => ({
      ...stored.run,
      scores: scoresOf(stored),
      outcomes: stored.outcomes,
    })),
  };
  return `${JSON.stringify(file, null, 1)}\n`;
}

const columns = [
  'run',
  'suite',
  'suites_version',
  'model',
  'engine',
  'adapter',
  'browser',
  'started',
  'task',
  'condition',
  'turn',
  'verdict',
  'reason',
  'tokens',
  'ms',
  'answer',
];

export function runsAsCsv(runs: readonly StoredRun[]): string {
  const rows = runs.flatMap(({ run, outcomes }) => {
    const { subject } = run;
    const started = new Date(run.startedMs).toISOString();
    const head = [
      run.id,
      run.suite,
      run.suitesVersion,
      subject.modelName,
      subject.engine,
      subject.adapter,
      subject.browser,
      started,
    ];
    return outcomes.flatMap(({ taskId, condition, answers }) =>
      answers.map(({ turn, verdict, reason = null, tokens, ms, text }) => [
        ...head,
        taskId,
        condition,
        turn,
        verdict,
        reason,
        tokens,
        Math.round(ms),
        text,
      ]),
    );
  });
  return csv([columns, ...rows]);
}
