/** Fetches wllama's wasm from the app's own origin, for an engine worker that may fetch nothing. */
import multiThreadUrl from '@wllama/wllama/esm/multi-thread/wllama.wasm?url';
import singleThreadUrl from '@wllama/wllama/esm/single-thread/wllama.wasm?url';
import { AppError } from '../protocol/errors';

/** Rejects with `engine-file-missing` if the answer is anything but WebAssembly. */
export async function fetchWllamaWasm(threads: number): Promise<ArrayBuffer> {
  const url = threads > 1 ? multiThreadUrl : singleThreadUrl;
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
