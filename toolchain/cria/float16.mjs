// Turns Cria's folder from q4f32_1 to q4f16_1 without new training: the 4-bit values stay, the scales and norms are
// rounded.
//   node toolchain/cria/float16.mjs OUT_FOLDER [FOLDER]
// The default FOLDER is the fixture. The library is compiled apart (toolchain/README.md).
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { isEntryPoint } from '../../scripts/entry-point.mjs';
import { inProject } from '../../scripts/project.mjs';

/** @typedef {{ name: string, dtype: string, nbytes: number, byteOffset: number }} Tensor */
/** @typedef {{ dataPath: string, nbytes: number, md5sum: string, records: Tensor[] }} Shard */
/** @typedef {{ metadata: { ParamBytes: number, BitsPerParam: number }, records: Shard[] }} TensorCache */

/**
 * @param {string} folder Of a q4f32_1 model.
 * @returns {Promise<Record<string, Buffer>>} The files of the q4f16_1 model, by name, without a library.
 */
export async function float16Files(folder) {
  const read = (/** @type {string} */ name) => readFile(path.join(folder, name));
  /** @type {TensorCache} */
  const index = JSON.parse((await read('tensor-cache.json')).toString());
  /** @type {Record<string, Buffer>} */
  const files = { 'tokenizer.json': await read('tokenizer.json') };
  for (const shard of index.records) {
    const data = roundedShard(shard, await read(shard.dataPath));
    files[shard.dataPath] = data;
    shard.nbytes = data.length;
    shard.md5sum = createHash('md5').update(data).digest('hex');
  }
  index.metadata.ParamBytes = index.records.reduce((sum, { nbytes }) => sum + nbytes, 0);
  index.metadata.BitsPerParam = 4.5;
  files['tensor-cache.json'] = Buffer.from(JSON.stringify(index));
  const config = JSON.parse((await read('mlc-chat-config.json')).toString());
  config.quantization = 'q4f16_1';
  files['mlc-chat-config.json'] = Buffer.from(JSON.stringify(config, null, 1));
  return files;
}

/**
 * The shard's new bytes; its records are changed to describe them.
 * @param {Shard} shard
 * @param {Buffer} data
 */
function roundedShard(shard, data) {
  let end = 0;
  const parts = shard.records.map((tensor) => {
    let bytes = data.subarray(tensor.byteOffset, tensor.byteOffset + tensor.nbytes);
    if (tensor.dtype === 'float32') {
      bytes = rounded(bytes);
      tensor.dtype = 'float16';
    }
    tensor.byteOffset = end;
    tensor.nbytes = bytes.length;
    end += bytes.length;
    return bytes;
  });
  return Buffer.concat(parts);
}

/** @param {Buffer} floats */
function rounded(floats) {
  const halves = Buffer.alloc(floats.length / 2);
  for (let at = 0; at < halves.length; at += 2) {
    halves.writeUInt16LE(float16Bits(floats.readFloatLE(2 * at)), at);
  }
  return halves;
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/**
 * Rounds to the nearest float16, from a tie to the even one, as IEEE 754 has it.
 * @param {number} value A float32 of less than 65,520.
 */
export function float16Bits(value) {
  float[0] = value;
  const word = bits[0] ?? 0;
  const sign = (word >>> 31) << 15;
  // Below 2^-14 the steps are as wide as just above it.
  const exponent = Math.max(((word >>> 23) & 255) - 127, -14);
  const steps = nearestEven(Math.abs(value) * 2 ** (10 - exponent));
  // Of a normal number, 1024 of the steps are its leading 1, which counts the exponent up by one.
  const magnitude = ((exponent + 14) << 10) + steps;
  if (!(magnitude < 0x7c00)) throw new Error(`${value} is no float16.`);
  return sign | magnitude;
}

/** @param {number} value Positive. */
function nearestEven(value) {
  const down = Math.floor(value);
  const rest = value - down;
  const isUp = rest > 0.5 || (rest === 0.5 && down % 2 === 1);
  return isUp ? down + 1 : down;
}

if (isEntryPoint(import.meta.url)) {
  const [out, folder = inProject('test/fixtures/cria')] = process.argv.slice(2);
  if (!out) throw new Error('Usage: node toolchain/cria/float16.mjs OUT_FOLDER [FOLDER]');
  await mkdir(out, { recursive: true });
  for (const [name, content] of Object.entries(await float16Files(folder))) {
    await writeFile(path.join(out, name), content);
    console.log(`${String(content.length).padStart(10)} ${name}`);
  }
}
