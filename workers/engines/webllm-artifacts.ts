/**
 * Hands WebLLM a model's files out of the weights' store, in place of a cache that fetches. WebLLM asks
 * for files by URL; the addresses here lead nowhere, and only their last part, the file's name, counts.
 */
import type {} from '@mlc-ai/web-llm';
import { AppError } from '../../src/protocol/errors';
import { openWeights } from '../../src/storage/weights';

/** `.invalid` is reserved (RFC 2606): no such host can exist. */
export const artifactFolder = 'https://weights.invalid/resolve/main/';

/** What WebLLM's runtime calls an artifact cache. */
interface ArtifactCache {
  fetchWithCache(url: string, type: 'json' | 'arraybuffer'): Promise<unknown>;
  addToCache(url: string): Promise<void>;
  hasAllKeys(urls: readonly string[]): Promise<boolean>;
  deleteInCache(url: string): Promise<void>;
}

export function storedArtifacts(modelId: string): ArtifactCache {
  return {
    async fetchWithCache(url, type) {
      const blob = await openWeights(modelId, nameOf(url));
      if (!blob) throw new AppError('model-missing', { file: nameOf(url) });
      return type === 'json' ? (JSON.parse(await blob.text()) as unknown) : blob.arrayBuffer();
    },
    // A file is read when it is needed, and only then found missing: asking beforehand gains nothing.
    hasAllKeys: () => Promise.resolve(true),
    addToCache: () => Promise.resolve(),
    deleteInCache: () => Promise.resolve(),
  };
}

const nameOf = (url: string) => url.slice(url.lastIndexOf('/') + 1);

declare module '@mlc-ai/web-llm' {
  interface AppConfig {
    /** Added at build time by `web-llm-artifact-cache.ts`. */
    artifactCache?: ArtifactCache;
  }
}
