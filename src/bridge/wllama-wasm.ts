/** wllama's WebAssembly: the build with or without threads. */
import multiThreadUrl from '@wllama/wllama/esm/multi-thread/wllama.wasm?url';
import singleThreadUrl from '@wllama/wllama/esm/single-thread/wllama.wasm?url';
import { fetchWasm } from './fetch-wasm';

/** Rejects with `engine-file-missing` if the answer is anything but WebAssembly. */
export function fetchWllamaWasm(threads: number): Promise<ArrayBuffer> {
  return fetchWasm(threads > 1 ? multiThreadUrl : singleThreadUrl);
}
