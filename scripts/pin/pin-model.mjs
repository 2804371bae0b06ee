// Finds the current commits of a published model's files, and the files' hashes.
import { createHash } from 'node:crypto';
import { ForeseenError } from '../foreseen-error.mjs';

/**
 * @typedef {object} Hosts The publishers' hosts; a test uses others.
 * @property {string} weights Such as `https://huggingface.co`.
 * @property {string} libraries Such as `https://raw.githubusercontent.com`.
 * @property {string} commits Such as `https://api.github.com`.
 */

/** @type {Hosts} */
export const publishers = {
  weights: 'https://huggingface.co',
  libraries: 'https://raw.githubusercontent.com',
  commits: 'https://api.github.com',
};

/**
 * @param {{ modelUrl: string, libraryUrl: string }} model Its addresses at the publishers.
 * @param {Hosts} [hosts]
 * @returns {Promise<import('../../src/core/models/model-pins.ts').ModelPin>}
 */
export async function pinModel({ modelUrl, libraryUrl }, hosts = publishers) {
  const folder = new URL(modelUrl).pathname;
  const repository = folder.slice(1, folder.indexOf('/resolve/'));
  const library = new URL(libraryUrl).pathname;
  const [, owner, name] = library.split('/');
  const weightsCommit = await commitAt(`${hosts.weights}/api/models/${repository}/revision/main`);
  const libraryCommit = await commitAt(`${hosts.commits}/repos/${owner}/${name}/commits/main`);

  const fileAt = (/** @type {string} */ file) =>
    fetchFile(`${hosts.weights}/${repository}/resolve/${weightsCommit}/${file}`);
  const config = await needed('mlc-chat-config.json', fileAt);
  const index = (await fileAt('tensor-cache.json')) ?? (await needed('ndarray-cache.json', fileAt));
  const { tokenizer_files: names } = JSON.parse(config.toString('utf8'));
  const tokenizer = ['tokenizer.json', 'tokenizer.model'].find((one) => names.includes(one));
  if (tokenizer === undefined) throw new ForeseenError('its configuration names no tokenizer.');
  const wasm = `${hosts.libraries}${library.replace('/main/', `/${libraryCommit}/`)}`;
  return {
    weightsCommit,
    libraryCommit,
    files: {
      'mlc-chat-config.json': sha256(config),
      'tensor-cache.json': sha256(index),
      [tokenizer]: sha256(await needed(tokenizer, fileAt)),
      'library.wasm': sha256(await needed(wasm, fetchFile)),
    },
  };
}

/** @param {Buffer} content */
const sha256 = (content) => createHash('sha256').update(content).digest('hex');

/** @param {string} address */
async function commitAt(address) {
  const { sha } = JSON.parse((await needed(address, fetchFile)).toString('utf8'));
  if (!/^[0-9a-f]{40}$/.test(sha)) throw new ForeseenError(`${address} names no commit.`);
  return sha;
}

/**
 * @param {string} name
 * @param {(name: string) => Promise<Buffer | null>} fetchOne
 */
async function needed(name, fetchOne) {
  const content = await fetchOne(name);
  if (content === null) throw new ForeseenError(`${name} is not there.`);
  return content;
}

/**
 * @param {string} address
 * @returns {Promise<Buffer | null>} Null where there is none.
 */
async function fetchFile(address) {
  const response = await fetch(address).catch((cause) => {
    throw new ForeseenError(`${address} could not be reached.`, { cause });
  });
  if (response.status === 404) return null;
  if (!response.ok) throw new ForeseenError(`${address} answered ${response.status}.`);
  return Buffer.from(await response.arrayBuffer());
}
