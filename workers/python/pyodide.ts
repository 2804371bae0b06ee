/**
 * Python in Pyodide, isolated as far as possible: its memory and its files are limited, and it has no access to
 * JavaScript. A program that searches its garbage collector may still find a JavaScript object; then the
 * frame's policy prevents harm.
 */
import type { loadPyodide as LoadPyodide, PyodideAPI } from 'pyodide';

declare const loadPyodide: typeof LoadPyodide;
/** Set by the build. */
declare const PYTHON_LOCK: string;

const memoryLimitBytes = 256 * 1024 * 1024;
/** The limit of files, which are in JavaScript's memory in addition. */
const filesLimitBytes = 32 * 1024 * 1024;
const nodeBytes = 1024;
/** Emscripten's number for "no space left on device". */
const noSpace = 51;
/** This address is never fetched: `provideFiles` answers. */
const placeholderUrl = 'https://python.invalid/';

/** Starts Python from the parts that the page fetched. Rejects if Python does not start. */
export async function loadPython(
  module: WebAssembly.Module,
  library: ArrayBuffer,
): Promise<PyodideAPI> {
  limitMemory();
  provideFiles(module, library);
  const python = await loadPyodide({
    indexURL: placeholderUrl,
    // No packages, only the standard library.
    lockFileContents: PYTHON_LOCK,
    packageBaseUrl: placeholderUrl,
    jsglobals: Object.create(null) as object,
    env: { HOME: '/home/python', PYTHONHASHSEED: '0' },
  });
  limitFiles(python);
  // Without these, endless output would fill the memory.
  python.setStdout({ write: ({ length }) => length });
  python.setStderr({ write: ({ length }) => length });
  python.setStdin({ error: true });
  return python;
}

function limitMemory(): void {
  const { prototype } = WebAssembly.Memory;
  const { grow } = prototype;
  prototype.grow = function (pages) {
    if (this.buffer.byteLength + pages * 65_536 > memoryLimitBytes) {
      throw new RangeError('out of memory');
    }
    return grow.call(this, pages);
  };
}

/** Pyodide requests its two files by address, and gets the ones that the page fetched and compiled. */
function provideFiles(module: WebAssembly.Module, library: ArrayBuffer): void {
  const give = (address: RequestInfo | URL) =>
    Promise.resolve(new Response(String(address).endsWith('.zip') ? library : null));
  const instantiate = async (_response: unknown, imports?: WebAssembly.Imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
  Object.assign(self, { fetch: give });
  Object.assign(WebAssembly, { instantiateStreaming: instantiate });
}

type Counted = (...args: never[]) => unknown;

function limitFiles({ FS }: PyodideAPI): void {
  const { filesystems, ErrnoError } = FS as unknown as {
    filesystems: {
      MEMFS: Record<string, Counted> & {
        ops_table: { file: { stream: Record<string, Counted> } };
      };
    };
    ErrnoError: new (errno: number) => Error;
  };
  const { MEMFS } = filesystems;
  let spentBytes = 0;
  const count = (owner: Record<string, Counted>, name: string, bytesOf: Counted) => {
    const original = owner[name]!;
    owner[name] = (...args) => {
      spentBytes += Number(bytesOf(...args));
      if (spentBytes > filesLimitBytes) throw new ErrnoError(noSpace);
      return original.apply(owner, args);
    };
  };
  count(MEMFS, 'createNode', () => nodeBytes);
  count(MEMFS, 'resizeFileStorage', (_node: unknown, bytes: number) => bytes);
  count(
    MEMFS.ops_table.file.stream,
    'write',
    (_stream: unknown, _from: unknown, _at: number, bytes: number) => bytes,
  );
}
