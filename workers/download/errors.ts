/** Names what goes wrong while a model is fetched, or copied from files that the visitor picked. */
import type { ModelOrigin } from '../../src/protocol/download';
import { AppError, type ErrorCode } from '../../src/protocol/errors';

/** Of a server these can pass; a picked file stays as it is. */
const contentErrors: readonly ErrorCode[] = [
  'download-incomplete',
  'model-damaged',
  'model-not-a-model',
];

/** Rejects with an AppError whatever `run` rejects with; `needBytes` is for the words about room. */
export async function translated<T>(
  origin: ModelOrigin,
  needBytes: number,
  run: () => Promise<T>,
): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    const isPicked = typeof (origin.kind === 'gguf' ? origin.file : origin.folder) !== 'string';
    if (AppError.isInstance(cause)) {
      if (!isPicked || !contentErrors.includes(cause.code)) throw cause;
      throw new AppError('file-damaged', cause.data, { cause });
    }
    const code = codeOf(cause, isPicked);
    throw new AppError(code, code === 'storage-quota' ? { needBytes } : {}, { cause });
  }
}

function codeOf(error: unknown, isPicked: boolean): ErrorCode {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'AbortError') return 'aborted';
  if (error.name === 'QuotaExceededError') return 'storage-quota';
  if (isPicked && /^Not(Found|Readable)Error$/.test(error.name)) return 'files-needed';
  if (error instanceof DOMException) return 'storage-unavailable';
  if (error instanceof TypeError) return navigator.onLine ? 'download-failed' : 'offline';
  return 'unknown';
}
