/** Why Python could not judge an answer; each reason has a text among Evaluate's. */
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
