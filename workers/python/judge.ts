/** HumanEval's judgement: a program with its tests at the end passes if it gets there without an exception. */
import type { PyodideAPI } from 'pyodide';
import type { PythonOutput } from '../../src/protocol/python';

/**
 * Returns None for what passed. As in HumanEval's own harness the names are new, and `SystemExit` is a failure; the
 * names that lead to JavaScript are gone.
 */
const judge = `
def judge(source):
    import sys
    doors = ('js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core')
    sys.meta_path[:] = [f for f in sys.meta_path if not type(f).__module__.startswith('_pyodide')]
    for name in [*doors, *(n for n in sys.modules if n.split('.')[0] in doors)]:
        sys.modules[name] = None
    try:
        exec(compile(source, 'program.py', 'exec'), {})
    except BaseException as error:
        try:
            return f'{type(error).__name__}: {error}'.removesuffix(': ')[:200]
        except BaseException:
            return 'an error that says nothing'
    return None
judge
`;

export function judgeProgram(python: PyodideAPI, program: string): PythonOutput {
  try {
    const run = python.runPython(judge) as (source: string) => unknown;
    const reason = run(program);
    if (reason === undefined || reason === null) return { type: 'passed' };
    return { type: 'failed', reason: String(reason) };
  } catch (error) {
    // Python itself ended, as by os._exit, or could not go on.
    return { type: 'failed', reason: String(error).slice(0, 200) };
  }
}
