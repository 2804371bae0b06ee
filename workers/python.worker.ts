/** The Python sandbox's worker, which Pyodide's own scripts stand before: one program in one interpreter. */
import type { PythonInput } from '../src/protocol/python';
import { sandboxStarted, type SandboxStart } from '../src/protocol/sandbox';
import { judgeProgram } from './python/judge';
import { loadPython } from './python/pyodide';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = async ({ data: { module, input } }: MessageEvent<SandboxStart<PythonInput>>) => {
  const python = await loadPython(module, input.library);
  self.postMessage(sandboxStarted);
  self.postMessage(judgeProgram(python, input.program));
};

// An event of its own is what the frame hears of; a promise's failure it would wait for.
self.onunhandledrejection = ({ reason }) => {
  throw new Error(String(reason));
};
