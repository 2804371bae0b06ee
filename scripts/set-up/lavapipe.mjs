// Provides Chromium with Mesa's lavapipe as its software WebGPU adapter, several times as fast as SwiftShader.
import {
  copyFile,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import path from 'node:path';
import { isEntryPoint, runScript, say } from '../entry-point.mjs';
import { ForeseenError, lastLine } from '../foreseen-error.mjs';
import { downloadMesa } from './apt-mesa.mjs';
import { provideBrowser } from './browser.mjs';
import { installDependencies } from './dependencies.mjs';
import {
  chromiumProgram,
  findLavapipe,
  lavapipeDriver,
  lavapipeFolder,
  shimSource,
  stampIn,
  stampOf,
  swiftShader,
} from './lavapipe-places.mjs';
import { runProgram } from './run-program.mjs';

const aptLimitMs = 240_000;
/** Chromium's own SwiftShader, which still draws its pages. */
const renamedSwiftShader = 'libvk_swiftshader_real.so';
const swiftShaderIcd = 'vk_swiftshader_icd.json';

/**
 * @param {string} executablePath Chromium.
 * @returns {Promise<boolean>} True if the adapter is available; otherwise prints why SwiftShader is used.
 */
export async function provideLavapipe(executablePath) {
  if (findLavapipe(executablePath) !== null) {
    say('WebGPU: lavapipe, which is here already.');
    return true;
  }
  try {
    say('WebGPU: fetching lavapipe, a quicker software adapter …');
    await makeLavapipe(executablePath);
  } catch (error) {
    if (!(error instanceof ForeseenError)) throw error;
    say(`WebGPU: SwiftShader, which is slower: there is no lavapipe here: ${error.message}`);
    return false;
  }
  say('WebGPU: lavapipe is here now.');
  return true;
}

/** @param {string} executablePath */
async function makeLavapipe(executablePath) {
  if (process.platform !== 'linux') throw new ForeseenError('it exists for Linux only.');
  const program = chromiumProgram(executablePath);
  if (program === null)
    throw new ForeseenError('this Chromium is not in the folder of its libraries.');
  const compiler = await provideCompiler();
  await mkdir(path.dirname(lavapipeFolder), { recursive: true });
  const work = await mkdtemp(`${lavapipeFolder}-`);
  try {
    const folder = path.join(work, 'chromium');
    await mkdir(folder);
    await copyFile(await downloadMesa(path.join(work, 'apt')), path.join(folder, lavapipeDriver));
    await provideLibraries(path.join(folder, lavapipeDriver));
    await takeChromium(program, folder);
    await run(compiler, [
      '-O1',
      '-shared',
      '-fPIC',
      '-fvisibility=hidden',
      '-Wall',
      '-Wextra',
      '-o',
      path.join(folder, swiftShader),
      shimSource,
      '-ldl',
    ]);
    await writeFile(stampIn(folder), stampOf(program));
    await rm(lavapipeFolder, { recursive: true, force: true });
    await rename(folder, lavapipeFolder);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

/**
 * Copies Chromium's folder by links. Only the program must be a real file: it looks for the rest in its own
 * folder.
 * @param {string} program
 * @param {string} folder
 */
async function takeChromium(program, folder) {
  const source = path.dirname(program);
  for (const name of await readdir(source)) {
    const [from, to] = [path.join(source, name), path.join(folder, name)];
    if (from === program) await link(from, to).catch(() => copyFile(from, to));
    else if (name === swiftShader) await symlink(from, path.join(folder, renamedSwiftShader));
    else if (name !== swiftShaderIcd) await symlink(from, to);
  }
  const icd = await readFile(path.join(source, swiftShaderIcd), 'utf8');
  await writeFile(path.join(folder, swiftShaderIcd), icd.replace(swiftShader, renamedSwiftShader));
}

/** @returns {Promise<string>} */
async function provideCompiler() {
  const found = await findCompiler();
  if (found !== null) return found;
  await install(['gcc', 'libc6-dev'], 'a C compiler');
  const installed = await findCompiler();
  if (installed === null) throw new ForeseenError('there is no C compiler.');
  return installed;
}

async function findCompiler() {
  for (const name of ['cc', 'gcc', 'clang']) {
    const { status } = await runProgram(name, ['--version'], { timeoutMs: 20_000 });
    if (status === 0) return name;
  }
  return null;
}

/**
 * The system's own driver is too old for Chromium but has the same libraries.
 * @param {string} driver
 */
async function provideLibraries(driver) {
  if ((await missingLibraries(driver)).length === 0) return;
  await install(['mesa-vulkan-drivers'], 'the libraries that it needs');
  const missing = await missingLibraries(driver);
  if (missing.length > 0) throw new ForeseenError(`it needs ${missing.join(', ')}.`);
}

/** @param {string} driver */
async function missingLibraries(driver) {
  const lines = (await run('ldd', [driver])).split('\n');
  const missing = lines.filter((line) => line.includes(' => not found'));
  return missing.map((line) => line.trim().split(' ', 1)[0] ?? '');
}

/**
 * @param {string[]} packages
 * @param {string} what
 */
async function install(packages, what) {
  if (process.getuid?.() !== 0) {
    throw new ForeseenError(`${what} would have to be installed first (${packages.join(', ')}).`);
  }
  say(`WebGPU: installing the system’s packages ${packages.join(', ')} with apt-get …`);
  await run('apt-get', ['update']);
  await run('apt-get', ['install', '--yes', '--no-install-recommends', ...packages]);
}

/**
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<string>} What it printed.
 * @throws {ForeseenError}
 */
async function run(program, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' };
  const { status, output } = await runProgram(program, args, { env, timeoutMs: aptLimitMs });
  if (status !== 0) throw new ForeseenError(`${program} failed: ${lastLine(output) || status}`);
  return output;
}

if (isEntryPoint(import.meta.url)) {
  await runScript(async () => {
    await installDependencies();
    return (await provideLavapipe((await provideBrowser()).executablePath)) ? 0 : 1;
  });
}
