/** Names what goes wrong while a model is fetched, or copied from files that the visitor picked. */
import type { ModelOrigin } from '../../src/protocol/download';
import { AppError, type ErrorCode, type ErrorData } from '../../src/protocol/errors';
import { isUnreadable } from '../../src/storage/weights-file';
import type { Ask, AskOptions } from './network';

/** Of a server these can pass; a picked file stays as it is. */
const contentErrors: readonly ErrorCode[] = [
  'download-incomplete',
  'model-damaged',
  'model-not-a-model',
];

/** Asks a server. Rejects with `download-failed` where none answered, or with the signal's reason. */
export function request(ask: Ask, url: string, options: AskOptions): Promise<Response> {
  return ask(url, options).catch((cause: unknown) => {
    throw cause instanceof TypeError ? new AppError('download-failed', {}, { cause }) : cause;
  });
}

/** As `request`, and rejects with `download-failed` where the server has no such file. */
export async function requestFile(ask: Ask, url: string, options: AskOptions): Promise<Response> {
  const response = await request(ask, url, options);
  if (!response.ok) throw new AppError('download-failed', { status: response.status });
  return response;
}

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
      const isUnanswered = cause.code === 'download-failed' && cause.data['status'] === undefined;
      if (isUnanswered && !navigator.onLine) throw new AppError('offline', {}, { cause });
      if (!isPicked || !contentErrors.includes(cause.code)) throw cause;
      throw new AppError('file-damaged', cause.data, { cause });
    }
    const code = codeOf(cause, isPicked);
    throw new AppError(code, dataOf(code, needBytes, cause), { cause });
  }
}

function codeOf(error: unknown, isPicked: boolean): ErrorCode {
  if (!(error instanceof Error)) return 'unknown';
  if (error.name === 'AbortError') return 'aborted';
  if (error.name === 'QuotaExceededError') return 'storage-quota';
  if (isPicked && isUnreadable(error)) return 'files-needed';
  if (error instanceof DOMException) return 'storage-unavailable';
  // The network's own are told apart where they come up, so these are of what a browser has and has not.
  if (error instanceof TypeError || error instanceof ReferenceError) return 'browser-unsupported';
  return 'unknown';
}

function dataOf(code: ErrorCode, needBytes: number, cause: unknown): ErrorData {
  if (code === 'storage-quota') return { needBytes };
  if (code === 'browser-unsupported') return { what: (cause as Error).message };
  return {};
}
