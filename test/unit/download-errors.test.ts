import { afterEach, describe, expect, it, vi } from 'vitest';
import { AppError } from '../../src/protocol/errors';
import { request, withDownloadErrors } from '../../workers/download/download-errors';

const address = { kind: 'gguf', name: 'm.gguf', file: 'https://models.example/m.gguf' } as const;
const picked = { ...address, file: new Blob() };

const failing = (cause: Error, origin: typeof address | typeof picked = address) =>
  withDownloadErrors(origin, 5, () => Promise.reject(cause));

const online = (onLine: boolean) => vi.stubGlobal('navigator', { onLine });
afterEach(() => vi.unstubAllGlobals());

describe('what goes wrong with a download', () => {
  it('is the network if no server answers, and being offline if the browser reports it', async () => {
    const ask = () => Promise.reject(new TypeError('Failed to fetch'));
    const { signal } = new AbortController();
    const asked = () =>
      withDownloadErrors(address, 5, () => request(ask, address.file, { signal }));
    online(true);
    await expect(asked()).rejects.toMatchObject({ code: 'download-failed' });
    online(false);
    await expect(asked()).rejects.toMatchObject({ code: 'offline' });
  });

  it('stays a server’s answer while offline', async () => {
    online(false);
    const missing = new AppError('download-failed', { status: 404 });
    await expect(failing(missing)).rejects.toBe(missing);
  });

  it.each([
    new TypeError('undefined is not a function (near "...yield* stream...")'),
    new ReferenceError('indexedDB is not defined'),
  ])('is the browser’s lack of a part, and never the network’s fault: %s', async (error) => {
    online(true);
    await expect(failing(error)).rejects.toMatchObject({
      code: 'browser-unsupported',
      data: { what: error.message },
      cause: error,
    });
  });

  it('is a lack of room, with the needed bytes', async () => {
    const full = new DOMException('', 'QuotaExceededError');
    await expect(failing(full)).rejects.toMatchObject({
      code: 'storage-quota',
      data: { needBytes: 5 },
    });
  });

  it('is a picked file that the browser can no longer read', async () => {
    const gone = new DOMException('', 'NotReadableError');
    await expect(failing(gone, picked)).rejects.toMatchObject({ code: 'files-needed' });
  });
});
