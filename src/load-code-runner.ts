/** Wires what runs an answer's code when that is first asked for. */
import { makeCodeSandbox, makePythonSandbox, pythonBytes } from './make-sandboxes';
import { CodeRunner } from './stores/markdown/code-run.svelte';

let runner: CodeRunner | null = null;

/** The same each time: a page has one of each sandbox. */
export const loadCodeRunner = (): CodeRunner =>
  (runner ??= new CodeRunner({
    code: makeCodeSandbox(),
    python: makePythonSandbox(),
    pythonBytes,
  }));
