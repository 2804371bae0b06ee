/** Runs a program of an answer in Python, and returns its output: printed text, last value, picture and error. */
import type { PyodideAPI } from 'pyodide';
import { longestPicture, longestPrinted, type ProgramResult } from '../../src/protocol/sandbox';
import type { Print } from '../sandbox/print-to';

/**
 * Returns a kind and a text: `value` is the last expression's representation, `png` its picture in base64. Modules
 * that give access to JavaScript are removed, as for judging.
 */
const run = `
def run(source, longest, longest_picture):
    import ast, base64, io, sys, traceback
    doors = ('js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core')
    sys.meta_path[:] = [f for f in sys.meta_path if not type(f).__module__.startswith('_pyodide')]
    for name in [*doors, *(n for n in sys.modules if n.split('.')[0] in doors)]:
        sys.modules[name] = None
    # Unbuffered, as with "python -u": a program that is ended has printed all that it wrote.
    for number, name in ((1, 'stdout'), (2, 'stderr')):
        raw = io.FileIO(number, 'w', closefd=False)
        setattr(sys, name, io.TextIOWrapper(raw, 'utf-8', 'backslashreplace', write_through=True))
    names = {'__name__': '__main__'}
    try:
        tree = ast.parse(source, 'answer.py')
        last = None
        if tree.body and isinstance(tree.body[-1], ast.Expr):
            last = ast.Expression(tree.body.pop().value)
        exec(compile(tree, 'answer.py', 'exec'), names)
        value = None if last is None else eval(compile(last, 'answer.py', 'eval'), names)
        picture = value
        if hasattr(type(value), '_repr_png_'):
            picture = value._repr_png_()
        if isinstance(picture, (bytes, bytearray)) and picture[:4] == b'\\x89PNG':
            text = base64.b64encode(picture).decode()
            if len(text) <= longest_picture:
                return ['png', text]
        return ['none', ''] if value is None else ['value', repr(value)[:longest]]
    except SystemExit as end:
        return ['none', ''] if not end.code else ['error', f'SystemExit: {end.code}'[:longest]]
    except BaseException as error:
        try:
            lines = traceback.TracebackException.from_exception(error)
            lines.stack = traceback.StackSummary.from_list(
                [frame for frame in lines.stack if frame.filename == 'answer.py'][-10:])
            return ['error', ''.join(lines.format(chain=False)).strip()[-longest:]]
        except BaseException:
            return ['error', 'an error that says nothing']
run
`;

export function runProgram(python: PyodideAPI, program: string, print: Print): ProgramResult {
  const decoder = new TextDecoder();
  const write = (bytes: Uint8Array) => {
    print(decoder.decode(bytes, { stream: true }));
    return bytes.length;
  };
  python.setStdout({ write });
  python.setStderr({ write });
  const [kind, text] = ask(python, program);
  const only = (wanted: Kind) => (kind === wanted ? text : null);
  return {
    value: only('value'),
    png: only('png'),
    error: only('error'),
    isLate: false,
  };
}

type Kind = 'none' | 'value' | 'png' | 'error';

function ask(python: PyodideAPI, program: string): readonly [Kind, string] {
  try {
    const call = python.runPython(run) as (
      source: string,
      longest: number,
      longestPicture: number,
    ) => { toJs(): [Kind, string] };
    return call(program, longestPrinted, longestPicture).toJs();
  } catch (error) {
    // Python itself ended, such as by os._exit, or crashed.
    return ['error', String(error).slice(0, 200)];
  }
}
