/** Fetches and compiles WebAssembly from the app's own origin, for a worker that cannot fetch. */
import { AppError } from '../protocol/errors';

/** Rejects with `engine-file-missing` if the answer is not WebAssembly. */
export async function fetchWasm(url: string): Promise<ArrayBuffer> {
  const file = url.split('/').at(-1) ?? url;
  const response = await fetch(url).catch((cause: unknown) => {
    throw new AppError('engine-file-missing', { file }, { cause });
  });
  const bytes = await response.arrayBuffer();
  const isWasm = bytes.byteLength > 4 && new DataView(bytes).getUint32(0) === 0x0061736d; // "\0asm"
  if (!response.ok || !isWasm) {
    throw new AppError('engine-file-missing', { file, status: response.status });
  }
  return bytes;
}

/**
 * Compiles it while it arrives. From a response, but not from bytes, a browser stores the machine code for the next
 * start. Rejects with `engine-file-missing` if the answer is anything but WebAssembly, and with `browser-unsupported`
 * if this browser cannot compile it.
 */
export async function compileWasm(url: string): Promise<WebAssembly.Module> {
  const compiled = await WebAssembly.compileStreaming(fetch(url)).catch(() => null);
  if (compiled) return compiled;
  // The bytes show what is wrong: the host may only have sent the wrong type.
  return WebAssembly.compile(await fetchWasm(url)).catch((cause: unknown) => {
    throw new AppError('browser-unsupported', { what: 'WebAssembly' }, { cause });
  });
}
