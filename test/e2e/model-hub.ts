/** Answers as the Hugging Face Hub's API does, with real files: a part of a server of the test's. */
import { createHash } from 'node:crypto';
import { createReadStream, readFileSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './fault-proxy.ts';

export const commit = '0123456789abcdef0123456789abcdef01234567';

export interface HubFile {
  /** Below the repository's top. */
  readonly path: string;
  /** The place of its content. The size is enough for a file that is never fetched. */
  readonly file?: string;
  readonly sizeBytes?: number;
  /** In place of the true one. */
  readonly sha256?: string;
}

export interface HubRepository {
  readonly name: string;
  readonly files: readonly HubFile[];
  readonly gated?: false | 'auto' | 'manual';
}

/** Everything but the repositories' addresses is let through. */
export function modelHub(repositories: readonly HubRepository[]): Fault {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://hub.invalid');
    const api = /^\/api\/models\/([^/]+\/[^/]+)\/revision\/([^/]+)$/.exec(pathname);
    if (api) {
      const repository = repositories.find(({ name }) => name === api[1]);
      if (!repository) {
        // As the Hub does for what does not exist, since it could be private.
        json(response, 401, { error: 'Invalid username or password.' });
      } else json(response, 200, infoOf(repository, searchParams.get('blobs') === 'true'));
      return true;
    }
    for (const { name, files, gated } of repositories) {
      const folder = `/${name}/resolve/`;
      if (!pathname.startsWith(folder)) continue;
      const [revision, ...path] = decodeURIComponent(pathname.slice(folder.length)).split('/');
      const found = files.find((file) => file.path === path.join('/'));
      if (gated) json(response, 403, { error: 'Access to this model is restricted.' });
      else if (revision !== commit || !found?.file)
        json(response, 404, { error: 'Entry not found' });
      else sendFile(request, response, found.file);
      return true;
    }
    return false;
  };
}

function infoOf({ name, files, gated = false }: HubRepository, withBlobs: boolean) {
  const siblings = files.map(({ path, file, sizeBytes, sha256 }) => {
    const size = sizeBytes ?? (file ? statSync(file).size : 0);
    if (!withBlobs) return { rfilename: path };
    const hash =
      sha256 ?? (file ? createHash('sha256').update(readFileSync(file)).digest('hex') : null);
    const lfs = size > 1_000_000 && hash ? { sha256: hash, size, pointerSize: 134 } : undefined;
    return { rfilename: path, size, blobId: commit, ...(lfs ? { lfs } : {}) };
  });
  return {
    _id: '1',
    id: name,
    modelId: name,
    sha: commit,
    private: false,
    gated,
    disabled: false,
    tags: ['gguf'],
    downloads: 1,
    likes: 1,
    siblings,
  };
}

function json(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(value));
}

function sendFile(request: IncomingMessage, response: ServerResponse, file: string): void {
  const { size } = statSync(file);
  const range = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '');
  const start = Number(range?.[1] ?? 0);
  const end = range?.[2] ? Math.min(Number(range[2]), size - 1) : size - 1;
  response.writeHead(range ? 206 : 200, {
    'Content-Type': 'application/octet-stream',
    'Content-Length': end - start + 1,
    ...(range ? { 'Content-Range': `bytes ${start}-${end}/${size}` } : {}),
  });
  createReadStream(file, { start, end }).pipe(response);
}
