// Cria's layers over and over, up to the 32 of Llama 2 7B: a token takes as many dispatches as there. Only the library
// is another one (toolchain/README.md); the weights are Cria's own bytes.
import { readFile } from 'node:fs/promises';
import { brotliDecompressSync } from 'node:zlib';
import { inProject } from '../../scripts/project.mjs';

export const deepCriaLayers = 32;
const address = '/deep-cria/resolve/main/';
const fixture = (/** @type {string} */ name) =>
  readFile(inProject('test', 'fixtures', 'cria', name));

/** A folder as WebLLM wants it, for a server of the app. */
export async function serveDeepCria() {
  const config = JSON.parse(String(await fixture('mlc-chat-config.json')));
  const index = JSON.parse(String(await fixture('tensor-cache.json')));
  config.model_config.num_hidden_layers = deepCriaLayers;
  index.records = index.records.map(withAllLayers);
  const library = await readFile(inProject('bench', 'measure', 'deep-cria.wasm.br'));
  const files = new Map([
    ['mlc-chat-config.json', Buffer.from(JSON.stringify(config))],
    ['tensor-cache.json', Buffer.from(JSON.stringify(index))],
    ['params_shard_0.bin', await fixture('params_shard_0.bin')],
    ['tokenizer.json', await fixture('tokenizer.json')],
    ['library.wasm', brotliDecompressSync(library)],
  ]);
  /** @type {import('vite').Plugin} */
  const plugin = {
    name: 'deep-cria',
    configurePreviewServer(server) {
      server.middlewares.use((request, response, next) => {
        const url = request.url ?? '';
        const content = url.startsWith(address) ? files.get(url.slice(address.length)) : undefined;
        if (content === undefined) return next();
        const type = url.endsWith('.wasm') ? 'application/wasm' : 'application/octet-stream';
        response.setHeader('Content-Type', type);
        response.end(content);
      });
    },
  };
  return { folder: address, library: `${address}library.wasm`, names: [...files.keys()], plugin };
}

/**
 * Tensors may share bytes.
 * @param {{ records: { name: string }[] }} shard
 */
function withAllLayers(shard) {
  const layers = /^model\.layers\.(\d+)\./;
  const own = shard.records.filter(({ name }) => layers.test(name));
  const count = new Set(own.map(({ name }) => layers.exec(name)?.[1])).size;
  const added = Array.from({ length: deepCriaLayers - count }, (_, at) => {
    const [from, to] = [`model.layers.${at % count}.`, `model.layers.${count + at}.`];
    return own
      .filter(({ name }) => name.startsWith(from))
      .map((tensor) => ({ ...tensor, name: tensor.name.replace(from, to) }));
  });
  return { ...shard, records: [...shard.records, ...added.flat()] };
}
