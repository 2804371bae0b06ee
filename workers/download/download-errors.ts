/** Maps errors of downloading, or of copying picked files, to error codes. */
import type { ModelOrigin } from '../../src/protocol/download';
import { AppError, type ErrorCode, type ErrorData } from '../../src/protocol/errors';
import { isUnreadable } from '../../src/storage/weights-file';
import type { Ask, AskOptions } from './network';

/** Temporary if they come from a server; a picked file does not change. */
const contentErrors: readonly ErrorCode[] = [
  'download-incomplete',
  'model-damaged',
  'model-not-a-model',
];

/** Asks a server. Rejects with `download-failed` if none answers, or with the signal's reason. */
export function request(ask: Ask, url: string, options: AskOptions): Promise<Response> {
  return ask(url, options).catch((cause: unknown) => {
    throw cause instanceof TypeError ? new AppError('download-failed', {}, { cause }) : cause;
  });
}

/** As `request`, and rejects with `download-failed` if the server does not have the file. */
export async function requestFile(ask: Ask, url: string, options: AskOptions): Promise<Response> {
  const response = await request(ask, url, options);
  if (!response.ok) throw new AppError('download-failed', { status: response.status });
  return response;
}

/** Converts any rejection of `run` to an AppError; `needBytes` is for the message about storage space. */
export async function withDownloadErrors<T>(
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
  // Network errors are converted where they occur, so these mean that the browser lacks a feature.
  if (error instanceof TypeError || error instanceof ReferenceError) return 'browser-unsupported';
  return 'unknown';
}

function dataOf(code: ErrorCode, needBytes: number, cause: unknown): ErrorData {
  if (code === 'storage-quota') return { needBytes };
  if (code === 'browser-unsupported') return { what: (cause as Error).message };
  return {};
}
