/** Fetches Python from the app's own origin; the build puts it there. */
import { PythonError } from '../core/evaluate/python-problem';
import { partsOf } from '../core/read-stream';

export interface PythonParts {
  readonly program: string;
  readonly wasm: ArrayBuffer;
  readonly library: ArrayBuffer;
}

/**
 * Rejects with a PythonError, or with the signal's reason. `onBytes` gets the size of each part that arrives.
 */
export async function fetchPython(
  folder: string,
  workerUrl: string,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<PythonParts> {
  const get = (name: string) =>
    fetchFile(new URL(folder + name, document.baseURI), onBytes, signal);
  const wasm = await get('pyodide.asm.wasm');
  const library = await get('python_stdlib.zip');
  const scripts = [await get('pyodide.asm.js'), await get('pyodide.js')];
  scripts.push(await fetchFile(new URL(workerUrl, document.baseURI), () => undefined, signal));
  const program = scripts.map((script) => new TextDecoder().decode(script)).join('\n;\n');
  return { program, wasm, library };
}

async function fetchFile(
  url: URL,
  onBytes: (bytes: number) => void,
  signal?: AbortSignal,
): Promise<ArrayBuffer> {
  try {
    const response = await fetch(url, signal ? { signal } : {});
    // A host without the folder may answer with its HTML page.
    const isPage = response.headers.get('content-type')?.includes('text/html') ?? false;
    if (!response.ok || isPage || !response.body) throw new PythonError('python-missing');
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const part of partsOf(response.body)) {
      chunks.push(part.slice());
      onBytes(part.byteLength);
    }
    return await new Blob(chunks).arrayBuffer();
  } catch (cause) {
    signal?.throwIfAborted();
    if (cause instanceof PythonError) throw cause;
    throw new PythonError('python-offline', { cause });
  }
}
