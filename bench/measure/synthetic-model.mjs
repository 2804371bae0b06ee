// An MLC model of any size: Cria, for which there is a library, plus shards that no library uses. Engines put
// every shard of the index on the GPU, so loading takes the same work as a real model of that size, without the
// computation.
import { createCipheriv, createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { inProject } from '../../scripts/project.mjs';
import { readCriaManifest } from '../../scripts/set-up/cria.mjs';

/** MLC cuts weights into shards of about this size. */
const shardBytes = 32 * 1024 * 1024;

/**
 * @typedef {object} SyntheticModel
 * @property {string} path Its folder on the server, in the form that WebLLM requires.
 * @property {string} library The name of the compiled library in it.
 * @property {string} lastShard
 * @property {number} bytes The sum of all files.
 * @property {import('vite').Plugin} plugin Serves the folder; the bytes are generated on request.
 */

/**
 * The same bytes for the same size.
 * @param {number} bytes The approximate sum of all files.
 * @returns {Promise<SyntheticModel>}
 */
export async function makeSyntheticModel(bytes) {
  const path = '/synthetic/resolve/main/';
  const files = await readCria();
  const index = JSON.parse(String(files.get('tensor-cache.json')));
  const shards = makeShards(Math.round((bytes - sizeOf(files)) / shardBytes));
  for (const [number, { name, content, md5 }] of shards.entries()) {
    index.records.push(indexRecord(number, name, md5));
    files.set(name, content);
  }
  files.set('tensor-cache.json', Buffer.from(JSON.stringify(index)));
  return {
    path,
    library: 'cria.wasm',
    lastShard: index.records.at(-1).dataPath,
    bytes: sizeOf(files),
    plugin: folderPlugin(path, files),
  };
}

/** @typedef {Map<string, Buffer | readonly Buffer[]>} Folder Files by name, some in pieces. */

/** @returns {Promise<Folder>} */
async function readCria() {
  const { files } = await readCriaManifest();
  const read = files.map(async ({ name }) => {
    const content = await readFile(inProject('test', 'fixtures', 'cria', name));
    return /** @type {const} */ ([name, content]);
  });
  return new Map(await Promise.all(read));
}

/**
 * Incompressible bytes, the same in all shards except the last four, which are the shard's number.
 * @param {number} count
 */
function makeShards(count) {
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 'corral'), Buffer.alloc(16));
  const shared = cipher.update(Buffer.alloc(shardBytes - 4));
  const hash = createHash('md5').update(shared);
  return Array.from({ length: count }, (_, number) => {
    const tail = Buffer.alloc(4);
    tail.writeUInt32LE(number);
    const md5 = hash.copy().update(tail).digest('hex');
    return { name: `synthetic_shard_${number}.bin`, content: [shared, tail], md5 };
  });
}

/**
 * @param {number} number
 * @param {string} dataPath
 * @param {string} md5sum
 */
function indexRecord(number, dataPath, md5sum) {
  const tensor = {
    name: `synthetic.${number}`,
    shape: [1024, shardBytes / 4 / 1024],
    dtype: 'uint32',
    format: 'raw',
    nbytes: shardBytes,
    byteOffset: 0,
  };
  return { dataPath, format: 'raw-shard', nbytes: shardBytes, records: [tensor], md5sum };
}

/** @param {Folder} files */
function sizeOf(files) {
  return [...files.values()].flat().reduce((sum, piece) => sum + piece.length, 0);
}

/**
 * @param {string} path
 * @param {Folder} files
 * @returns {import('vite').Plugin}
 */
function folderPlugin(path, files) {
  return {
    name: 'synthetic-model',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = request.url ?? '';
        const content = url.startsWith(path) ? files.get(url.slice(path.length)) : undefined;
        if (content === undefined) return next();
        const pieces = [content].flat();
        const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
        const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0);
        response.writeHead(start > 0 ? 206 : 200, {
          'Accept-Ranges': 'bytes',
          // Otherwise one side could fill the browser's HTTP cache.
          'Cache-Control': 'no-store',
          'Content-Length': length - start,
          'Content-Type': url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream',
          ...(start > 0 ? { 'Content-Range': `bytes ${start}-${length - 1}/${length}` } : {}),
        });
        let skipped = start;
        for (const piece of pieces) {
          if (skipped < piece.length) response.write(piece.subarray(skipped));
          skipped = Math.max(0, skipped - piece.length);
        }
        response.end();
      });
    },
  };
}
