/** Makes the sandboxes for code of answers; apart from `main.ts`, since most visits never load them. */
import quickJsUrl from '@jitl/quickjs-wasmfile-release-sync/wasm?url';
import pythonWorkerUrl from '../workers/python.worker.ts?worker&url';
import sandboxWorkerUrl from '../workers/sandbox.worker.ts?worker&url';
import frameScript from '../workers/sandbox/frame.js?raw';
import { CodeSandbox } from './bridge/code-sandbox';
import { fetchWasm } from './bridge/fetch-wasm';
import { fetchPython } from './bridge/python-files';
import { PythonSandbox } from './bridge/python-sandbox';
import { SandboxFrame } from './bridge/sandbox-frame';
import type { PythonFiles } from './protocol/python';

/** By the build. */
declare const PYTHON_FILES: PythonFiles | null;

/** The size of Python's download; null in a build without Python. */
export const pythonBytes = PYTHON_FILES?.bytes ?? null;

export function makeCodeSandbox(): CodeSandbox {
  return new CodeSandbox(new SandboxFrame({ frameScript, load: loadCodeParts }));
}

export function makePythonSandbox(): PythonSandbox {
  const folder = PYTHON_FILES?.folder ?? '';
  return new PythonSandbox({
    frameScript,
    fetchParts: (...args) => fetchPython(folder, pythonWorkerUrl, ...args),
  });
}

/** Only when an answer's code is run for the first time: most visits never do. */
async function loadCodeParts() {
  const [program, wasm] = await Promise.all([
    fetch(sandboxWorkerUrl).then((response) => response.text()),
    fetchWasm(quickJsUrl),
  ]);
  return { program, wasm };
}
