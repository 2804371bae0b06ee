// Reads the command line of `npm run ask`.
import { parseArgs } from 'node:util';
import { ForeseenError } from './foreseen-error.mjs';
import { browserNames } from './set-up/browser-places.mjs';

const usage =
  'Usage: npm run ask -- "question" [--browser chromium|firefox|webkit] [--engine webllm|wllama] [--model ID] [--pin "instruction"] [--screenshot FILE]';

/**
 * @typedef {object} AskOptions
 * @property {string} question
 * @property {import('./set-up/browser-places.mjs').BrowserName} browser
 * @property {import('./app-page.mjs').EngineId | undefined} engine
 * @property {string | undefined} model
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
  // A question without quotes comes as several words.
  const question = positionals.join(' ').trim();
  if (question === '') throw wrongUsage('there is no question');
  if (engine !== undefined && engine !== 'webllm' && engine !== 'wllama') {
    throw wrongUsage(`there is no engine "${engine}"`);
  }
  if (browser === undefined) throw wrongUsage(`there is no browser "${values.browser}"`);
  if (browser === 'webkit' && engine === 'webllm') {
    throw wrongUsage('WebKit has no WebGPU here, which webllm needs');
  }
  return { question, browser, engine, model, pin, screenshot };
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
