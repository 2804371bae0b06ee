/** The name of an MLC folder's index: `tensor-cache.json`. Folders from before 2025 use an older name. */
import { AppError } from '../../src/protocol/errors';

/** The stored name, which WebLLM requires. */
export const indexName = 'tensor-cache.json';
const olderName = 'ndarray-cache.json';

/** Uses the older name if no index exists under the newer one; if both fail, throws the newer one's error. */
export async function withIndexName<T>(use: (name: string) => Promise<T>): Promise<T> {
  try {
    return await use(indexName);
  } catch (error) {
    if (!isMissing(error)) throw error;
    try {
      return await use(olderName);
    } catch (ofOlder) {
      throw isMissing(ofOlder) ? error : ofOlder;
    }
  }
}

function isMissing(error: unknown): boolean {
  if (!AppError.isInstance(error)) return false;
  return (
    error.code === 'file-missing' ||
    (error.code === 'download-failed' && error.data['status'] === 404)
  );
}
