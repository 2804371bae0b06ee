/**
 * Gives WebLLM a model's stored files, in place of a cache that fetches. WebLLM requests files by URL; these addresses
 * do not exist; only their last part, the file name, is used.
 */
import type {} from '@mlc-ai/web-llm';
import type { EngineModel } from '../../src/protocol/engine';
import { AppError } from '../../src/protocol/errors';
import { openFile } from './open-file';

/** `.invalid` is reserved (RFC 2606): no such host can exist. */
export const artifactFolder = 'https://weights.invalid/resolve/main/';

/** The artifact cache of WebLLM's runtime. */
interface ArtifactCache {
  fetchWithCache(url: string, type: 'json' | 'arraybuffer'): Promise<unknown>;
  addToCache(url: string): Promise<void>;
  hasAllKeys(urls: readonly string[]): Promise<boolean>;
  deleteInCache(url: string): Promise<void>;
}

/** While WebLLM uploads a shard to the GPU, the next one is read: at most one more is in memory. */
export function storedArtifacts(model: EngineModel): ArtifactCache {
  const read = async (url: string) => {
    const name = nameOf(url);
    const blob = await openFile(model, name);
    if (!blob) throw new AppError('model-missing', { file: name });
    return blob;
  };
  let shardUrls: readonly string[] = [];
  let ahead: { readonly url: string; readonly bytes: Promise<ArrayBuffer> } | null = null;

  function readAhead(url: string | undefined): void {
    ahead = url === undefined ? null : { url, bytes: read(url).then((blob) => blob.arrayBuffer()) };
    ahead?.bytes.catch(() => undefined); // the request for the shard gets the error
  }

  return {
    async fetchWithCache(url, type) {
      if (type === 'json') return JSON.parse(await (await read(url)).text()) as unknown;
      if (ahead?.url !== url) readAhead(url);
      const bytes = await ahead!.bytes;
      const at = shardUrls.indexOf(url);
      readAhead(at < 0 ? undefined : shardUrls[at + 1]);
      return bytes;
    },
    // A missing file is found when it is read; checking in advance gains nothing.
    hasAllKeys(urls) {
      shardUrls = urls;
      return Promise.resolve(true);
    },
    addToCache: () => Promise.resolve(),
    deleteInCache: () => Promise.resolve(),
  };
}

const nameOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

declare module '@mlc-ai/web-llm' {
  interface AppConfig {
    /** Added at build time by `vite/web-llm-artifact-cache.ts`. */
    artifactCache?: ArtifactCache;
  }
}
