// Chromium on a GPU of any speed that computes nothing: see fake-gpu.c. Made in the user's cache folder's copy of
// Chromium with lavapipe, of which it takes everything but the driver.
import { link, mkdtemp, open, readdir, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ForeseenError, lastLine } from '../../scripts/foreseen-error.mjs';
import { inProject } from '../../scripts/project.mjs';
import { provideBrowser } from '../../scripts/set-up/browser.mjs';
import {
  findLavapipe,
  lavapipeFolder,
  swiftShader,
} from '../../scripts/set-up/lavapipe-places.mjs';
import { provideLavapipe } from '../../scripts/set-up/lavapipe.mjs';
import { runProgram } from '../../scripts/set-up/run-program.mjs';

const source = inProject('bench', 'measure', 'fake-gpu.c');
/** As the source has it. */
const renamedShim = 'liblavapipe_shim.so';

/**
 * @returns Its Chromium, the environment to start it in, and what sets the microseconds that a dispatch takes.
 * @throws {ForeseenError} Where there is no lavapipe or no C compiler.
 */
export async function provideFakeGpu() {
  const { executablePath } = await provideBrowser();
  await provideLavapipe(executablePath);
  const program = findLavapipe(executablePath);
  if (program === null) throw new ForeseenError('The fake GPU needs lavapipe, which is not here.');
  // Beside the copy, so that Chromium's program need not be copied once more.
  const folder = await mkdtemp(`${lavapipeFolder}-fake-`);
  const remove = () => rm(folder, { recursive: true, force: true });
  try {
    await compile(path.join(folder, swiftShader));
    for (const name of await readdir(lavapipeFolder)) {
      const from = path.join(lavapipeFolder, name);
      if (name === path.basename(program)) await link(from, path.join(folder, name));
      else await symlink(from, path.join(folder, name === swiftShader ? renamedShim : name));
    }
    const speed = path.join(await mkdtemp(path.join(tmpdir(), 'corral-bench-')), 'dispatch-us');
    const file = await open(speed, 'w+');
    const setDispatchUs = async (/** @type {number} */ us) => {
      await file.write(new Uint8Array(Float64Array.of(us).buffer), 0, 8, 0);
    };
    await setDispatchUs(0);
    return {
      executablePath: path.join(folder, path.basename(program)),
      env: { ...process.env, FAKE_GPU_SPEED: speed },
      setDispatchUs,
      close: async () => {
        await file.close();
        await rm(path.dirname(speed), { recursive: true, force: true });
        await remove();
      },
    };
  } catch (error) {
    await remove();
    throw error;
  }
}

/** @param {string} library */
async function compile(library) {
  const { status, output } = await runProgram('cc', [
    '-O1',
    '-shared',
    '-fPIC',
    '-fvisibility=hidden',
    '-Wall',
    '-Wextra',
    '-o',
    library,
    source,
    '-ldl',
    '-lpthread',
  ]);
  if (status === 'missing') throw new ForeseenError('The fake GPU needs a C compiler (cc).');
  if (status !== 0) throw new ForeseenError(`The fake GPU: cc failed: ${lastLine(output)}`);
}
