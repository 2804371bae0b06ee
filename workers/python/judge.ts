/** HumanEval's judgement: a program with tests at its end passes if it ends without an exception. */
import type { PyodideAPI } from 'pyodide';
import type { PythonOutput } from '../../src/protocol/python';

/**
 * Returns None if it passed. As in HumanEval's own harness, the program gets new globals, and `SystemExit`
 * counts as a failure; modules that give access to JavaScript are removed.
 */
const judge = `
def judge(source):
    import sys
    host_modules = ('js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core')
    sys.meta_path[:] = [f for f in sys.meta_path if not type(f).__module__.startswith('_pyodide')]
    for name in [*host_modules, *(n for n in sys.modules if n.split('.')[0] in host_modules)]:
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
    // Python itself ended, such as by os._exit, or crashed.
    return { type: 'failed', reason: String(error).slice(0, 200) };
  }
}
