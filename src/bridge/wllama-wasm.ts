/** wllama's WebAssembly: the build with or without threads. */
import multiThreadUrl from '@wllama/wllama/esm/multi-thread/wllama.wasm?url';
import singleThreadUrl from '@wllama/wllama/esm/single-thread/wllama.wasm?url';
import { compileWasm } from './fetch-wasm';

/** Rejects as `compileWasm` does. */
export function compileWllamaWasm(threads: number): Promise<WebAssembly.Module> {
  return compileWasm(threads > 1 ? multiThreadUrl : singleThreadUrl);
}
