/** The name of an MLC folder's index: `tensor-cache.json`; folders made before 2025 have an older one. */
import { AppError } from '../../src/protocol/errors';

/** Under which it is stored, since WebLLM asks for it so. */
export const indexName = 'tensor-cache.json';
const olderName = 'ndarray-cache.json';

/** Uses the index by the older name if there is none by the newer, and fails as the newer does. */
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
