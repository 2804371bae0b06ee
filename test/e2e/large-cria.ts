/**
 * Cria with further shards, which its library does not use: a model of many files, like Llama 2, that the real
 * WebLLM can run.
 */
import { createHash, randomBytes } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fault } from './fault-proxy.ts';

/** More than two of the store's chunks, so that a part of a shard can be stored. */
export const shardBytes = 20_000_000;
export const extraShards = 4;
/** Its path on the fault proxy. */
export const folderPath = '/large-cria/';

export interface LargeCria {
  /** Its size on disk. */
  readonly folder: string;
  /** The first bytes of a shard. */
  beginning(shard: number, bytes: number): Promise<Buffer>;
  /** Serves the files, ranges included; a fault of the test's own comes first. */
  served(fault?: Fault): Fault;
  remove(): Promise<void>;
}

interface TensorCache {
  records: unknown[];
}

export async function makeLargeCria(): Promise<LargeCria> {
  const folder = await mkdtemp(join(tmpdir(), 'large-cria-'));
  await cp(fileURLToPath(new URL('../fixtures/cria/', import.meta.url)), folder, {
    recursive: true,
  });
  const indexFile = join(folder, 'tensor-cache.json');
  const index = JSON.parse(await readFile(indexFile, 'utf8')) as TensorCache;
  for (let at = 1; at <= extraShards; at += 1) {
    const content = randomBytes(shardBytes); // repeated bytes would be compressed on the disk
    const dataPath = `params_shard_${at}.bin`;
    await writeFile(join(folder, dataPath), content);
    const tensor = {
      name: `unused_${at}`,
      shape: [shardBytes / 4],
      dtype: 'uint32',
      format: 'raw',
      nbytes: shardBytes,
      byteOffset: 0,
    };
    index.records.push({
      dataPath,
      format: 'raw-shard',
      nbytes: shardBytes,
      md5sum: createHash('md5').update(content).digest('hex'),
      records: [tensor],
    });
  }
  await writeFile(indexFile, JSON.stringify(index));

  return {
    folder,
    beginning: async (shard, bytes) =>
      (await readFile(join(folder, `params_shard_${shard}.bin`))).subarray(0, bytes),
    served: (fault) => (request, response) => {
      if (fault?.(request, response)) return true;
      const path = request.url ?? '';
      if (!path.startsWith(folderPath)) return false;
      void (async () => {
        const file = join(folder, path.slice(folderPath.length));
        const size = await stat(file).then(
          (found) => found.size,
          () => null,
        );
        if (size === null) return void response.writeHead(404).end();
        const content = await readFile(file);
        const from = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1];
        if (from === undefined) {
          response.writeHead(200, { 'Content-Length': size }).end(content);
        } else {
          const headers = {
            'Content-Length': size - Number(from),
            'Content-Range': `bytes ${from}-${size - 1}/${size}`,
          };
          response.writeHead(206, headers).end(content.subarray(Number(from)));
        }
      })();
      return true;
    },
    remove: () => rm(folder, { recursive: true }),
  };
}
