/** The reasons why Python could not run; Evaluate has a text for each. */
export const pythonProblems = ['python-missing', 'python-offline', 'python-failed'] as const;
export type PythonProblem = (typeof pythonProblems)[number];

export class PythonError extends Error {
  constructor(
    readonly problem: PythonProblem,
    options?: ErrorOptions,
  ) {
    super(options ? `${problem}: ${String(options.cause)}` : problem, options);
  }
}
