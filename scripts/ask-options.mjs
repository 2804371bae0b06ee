// Reads the command line of `npm run ask`, and checks the header of the model file that it names.
import { open } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { ForeseenError } from './foreseen-error.mjs';
import { browserNames } from './set-up/browser-places.mjs';

const usage =
  'Usage: npm run ask -- "question" [--browser chromium|firefox|webkit] [--engine webllm|wllama] [--model ID|FILE.gguf] [--pin "instruction"] [--screenshot FILE]';

/**
 * @typedef {object} AskOptions
 * @property {string} question
 * @property {import('./set-up/browser-places.mjs').BrowserName} browser
 * @property {import('./app-page.mjs').EngineId | undefined} engine
 * @property {string | undefined} model The id of an offered model.
 * @property {string | undefined} modelFile The path of a GGUF file to add to the app.
 * @property {string | undefined} pin
 * @property {string | undefined} screenshot
 */

/**
 * @param {string[]} args
 * @returns {AskOptions}
 * @throws {ForeseenError} With the usage, and exit code 2.
 */
export function readAskOptions(args) {
  const { values, positionals } = parse(args);
  const { engine, model, pin, screenshot } = values;
  const browser = browserNames.find((name) => name === (values.browser ?? 'chromium'));
  // Without quotes, a question comes as several words.
  const question = positionals.join(' ').trim();
  if (question === '') throw wrongUsage('there is no question');
  if (engine !== undefined && engine !== 'webllm' && engine !== 'wllama') {
    throw wrongUsage(`there is no engine "${engine}"`);
  }
  if (browser === undefined) throw wrongUsage(`there is no browser "${values.browser}"`);
  if (browser === 'webkit' && engine === 'webllm') {
    throw wrongUsage('WebKit has no WebGPU here, which webllm needs');
  }
  const isFile = model !== undefined && /[\\/]|\.gguf$/i.test(model);
  if (isFile && engine === 'webllm') throw wrongUsage('a GGUF file runs on wllama alone');
  const [id, modelFile] = isFile ? [undefined, model] : [model, undefined];
  return { question, browser, engine, model: id, modelFile, pin, screenshot };
}

/**
 * @param {string} path
 * @throws {ForeseenError} If there is no file, or it does not begin like a GGUF file.
 */
export async function requireGguf(path) {
  /** @param {unknown} cause */
  const unreadable = (cause) => {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    const fault = isMissing ? 'There is no file' : 'The file cannot be read:';
    return new ForeseenError(`${fault} ${path}.`, { cause });
  };
  const file = await open(path).catch((cause) => Promise.reject(unreadable(cause)));
  try {
    const start = Buffer.alloc(4);
    await file.read(start).catch((cause) => Promise.reject(unreadable(cause)));
    if (start.toString('latin1') !== 'GGUF') throw new ForeseenError(`${path} is not a GGUF file.`);
  } finally {
    await file.close();
  }
}

/** @param {string[]} args */
function parse(args) {
  const text = /** @type {const} */ ({ type: 'string' });
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: { browser: text, engine: text, model: text, pin: text, screenshot: text },
    });
  } catch (error) {
    throw wrongUsage(error instanceof Error ? error.message : String(error));
  }
}

/** @param {string} fault */
function wrongUsage(fault) {
  return new ForeseenError(`${fault}. ${usage}`, { exitCode: 2 });
}
