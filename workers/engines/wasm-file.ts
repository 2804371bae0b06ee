/** Fetches wllama's wasm from the app's own origin, checked: wllama hangs for ever on a missing one. */
import multiThreadUrl from '@wllama/wllama/esm/multi-thread/wllama.wasm?url';
import singleThreadUrl from '@wllama/wllama/esm/single-thread/wllama.wasm?url';
import { AppError } from '../../src/protocol/errors';

const urls = { 'single-thread': singleThreadUrl, 'multi-thread': multiThreadUrl } as const;

export interface WasmFile {
  /** A blob address that wllama's own worker can fetch. */
  readonly url: string;
  readonly release: () => void;
}

/** Rejects with `engine-file-missing` if the answer is anything but WebAssembly. */
export async function fetchWasm(build: keyof typeof urls): Promise<WasmFile> {
  const file = urls[build].split('/').at(-1) ?? build;
  const response = await fetch(urls[build]).catch((cause: unknown) => {
    throw new AppError('engine-file-missing', { file }, { cause });
  });
  const bytes = await response.arrayBuffer();
  const isWasm = bytes.byteLength > 4 && new DataView(bytes).getUint32(0) === 0x0061736d; // "\0asm"
  if (!response.ok || !isWasm) {
    throw new AppError('engine-file-missing', { file, status: response.status });
  }
  const url = URL.createObjectURL(new Blob([bytes], { type: 'application/wasm' }));
  return { url, release: () => URL.revokeObjectURL(url) };
}
