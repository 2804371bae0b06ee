/** Asks a model hub what files a repository has. */
import { readRepository } from '../../src/core/models/repository';
import type { DownloadRequest, ListedFiles } from '../../src/protocol/download';
import { AppError, type ErrorCode } from '../../src/protocol/errors';
import type { FileOptions } from './store-file';
import { readList } from './read-list';

/** The hub answers 401 for what does not exist, since it could be private. */
const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'repository-missing',
  404: 'repository-missing',
  403: 'repository-gated',
};

/** Rejects with an AppError, or with the signal's reason. */
export async function listRepository(
  { url, repository }: Pick<Extract<DownloadRequest, { type: 'list' }>, 'url' | 'repository'>,
  options: Omit<FileOptions, 'onProgress'>,
): Promise<ListedFiles> {
  const unreadable = (cause?: unknown) =>
    new AppError('repository-unreadable', { host: new URL(url).host }, { cause });
  try {
    const answer = await readList(url, options);
    return readRepository(JSON.parse(await answer.text()), repository);
  } catch (cause) {
    if (cause instanceof SyntaxError) throw unreadable(cause);
    if (!AppError.isInstance(cause)) throw cause;
    const { code, data } = cause;
    const status = data['status'];
    const known = codes[Number(status)];
    if (code === 'download-failed' && known) throw new AppError(known, { repository }, { cause });
    if (code === 'repository-unreadable' || code === 'model-not-a-model') throw unreadable(cause);
    const isUnanswered = code === 'download-failed' && status === undefined;
    if (isUnanswered && !navigator.onLine) throw new AppError('offline', {}, { cause });
    throw cause;
  }
}
