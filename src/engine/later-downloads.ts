/** The page's side of downloads, loaded when something is to be fetched: nobody needs it in order to type. */
import { AppError } from '../protocol/errors';
import type { Downloads, Fetched } from './download-client';

export function laterDownloads(onFetched: (fetched: Fetched) => void): Downloads {
  const load = () =>
    import('./download-client').catch((cause: unknown) => {
      throw new AppError(navigator.onLine ? 'engine-file-missing' : 'offline', {}, { cause });
    });
  const client = async () => {
    const { DownloadClient, downloadWorkers } = await load();
    return new DownloadClient(downloadWorkers, onFetched);
  };
  return {
    download: async (...args) => (await client()).download(...args),
    inspect: async (...args) => (await client()).inspect(...args),
    discard: async (...args) => (await client()).discard(...args),
    verify: async (...args) => (await client()).verify(...args),
  };
}
