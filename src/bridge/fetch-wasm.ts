/** Fetches and compiles WebAssembly from the app's own origin, for a worker that may fetch nothing. */
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
 * Compiles it while it arrives: with a response, and not with bytes, a browser keeps the machine code for the next
 * start. Rejects with `engine-file-missing` if the answer is anything but WebAssembly, and with `browser-unsupported`
 * if this browser cannot compile it.
 */
export async function compileWasm(url: string): Promise<WebAssembly.Module> {
  const compiled = await WebAssembly.compileStreaming(fetch(url)).catch(() => null);
  if (compiled) return compiled;
  // Only the bytes tell what is wrong; a host may also just not know the type of such files.
  return WebAssembly.compile(await fetchWasm(url)).catch((cause: unknown) => {
    throw new AppError('browser-unsupported', { what: 'WebAssembly' }, { cause });
  });
}
