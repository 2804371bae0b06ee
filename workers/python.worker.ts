/**
 * The Python sandbox's worker, which the build puts after Pyodide's own scripts: one program in one
 * interpreter.
 */
import type { PythonInput } from '../src/protocol/python';
import { sandboxStarted, type SandboxStart } from '../src/protocol/sandbox';
import { judgeProgram } from './python/judge';
import { loadPython } from './python/pyodide';
import { runProgram } from './python/run-program';
import { printTo } from './sandbox/print-to';

declare const self: DedicatedWorkerGlobalScope;

self.onmessage = async ({ data: { module, input } }: MessageEvent<SandboxStart<PythonInput>>) => {
  const python = await loadPython(module, input.library);
  self.postMessage(sandboxStarted);
  const { program } = input;
  self.postMessage(
    input.task === 'judge'
      ? judgeProgram(python, program)
      : runProgram(python, program, printTo(self)),
  );
};

// The frame sees an error event, but would wait for a rejected promise.
self.onunhandledrejection = ({ reason }) => {
  throw new Error(String(reason));
};
