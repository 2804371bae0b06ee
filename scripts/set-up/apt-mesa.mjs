// Downloads a recent Mesa from the distribution's backports, without installing it.
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ForeseenError, lastLine } from '../foreseen-error.mjs';
import { lavapipeDriver } from './lavapipe-places.mjs';
import { runProgram } from './run-program.mjs';

const packageName = 'mesa-vulkan-drivers';
/** Mesa 22's lavapipe does not work in Chromium. */
const oldestMajor = 25;
const keyring = '/usr/share/keyrings/debian-archive-keyring.gpg';
const limitMs = 120_000;

/**
 * @param {string} folder For apt's own state and downloads; the system's sources stay as they are.
 * @returns {Promise<string>} The path of lavapipe's library, unpacked.
 * @throws {ForeseenError} If it cannot be downloaded.
 */
export async function downloadMesa(folder) {
  const [codename, archive] = await systemArchive();
  const apt = await ownApt(folder, `${archive} ${codename}-backports main`);
  await run('apt-get', ['update'], apt);
  const told = await run('apt-cache', ['policy', packageName], apt);
  const version = /Candidate: (\S+)/.exec(told)?.[1] ?? '(none)';
  if (!(Number.parseInt(version, 10) >= oldestMajor)) {
    throw new ForeseenError(`${codename}-backports have no Mesa ${oldestMajor}: ${version}.`);
  }
  // Apt checks the archive's signature and the package's digest.
  await run('apt-get', ['download', `${packageName}=${version}`], apt);
  const file = (await readdir(folder)).find((name) => name.endsWith('.deb'));
  if (file === undefined) throw new ForeseenError('apt-get has downloaded nothing.');
  const unpacked = path.join(folder, 'unpacked');
  await run('dpkg-deb', ['--extract', path.join(folder, file), unpacked], apt);
  const names = await readdir(unpacked, { recursive: true });
  const driver = names.find((name) => path.basename(name) === lavapipeDriver);
  if (driver === undefined) throw new ForeseenError(`${file} has no ${lavapipeDriver}.`);
  return path.join(unpacked, driver);
}

/** @returns {Promise<[codename: string, address: string]>} The source of the system's own packages. */
async function systemArchive() {
  const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
  const codename = /^VERSION_CODENAME="?([\w-]+)/m.exec(release)?.[1];
  if (codename === undefined || !/^ID="?debian"?$/m.test(release)) {
    throw new ForeseenError('it is taken from Debian’s backports, and this is not Debian.');
  }
  const uris = await run('apt-get', ['update', '--print-uris'], { env: process.env });
  // A snapshot mirror has its date in the path.
  const address = new RegExp(`^'(\\S+)/dists/${codename}/InRelease'`, 'm').exec(uris)?.[1];
  if (address === undefined) throw new ForeseenError(`apt has no source for ${codename}.`);
  return [codename, address];
}

/**
 * @param {string} folder
 * @param {string} source
 */
async function ownApt(folder, source) {
  const inFolder = (/** @type {string} */ name) => path.join(folder, name);
  await mkdir(inFolder('state/lists/partial'), { recursive: true });
  await mkdir(inFolder('cache/archives/partial'), { recursive: true });
  const options = existsSync(keyring) ? `[signed-by=${keyring}] ` : '';
  await writeFile(inFolder('sources.list'), `deb ${options}${source}\n`);
  await writeFile(
    inFolder('apt.conf'),
    [
      `Dir::Etc::sourcelist "${inFolder('sources.list')}";`,
      'Dir::Etc::sourceparts "/dev/null";',
      `Dir::State "${inFolder('state')}";`,
      'Dir::State::status "/var/lib/dpkg/status";',
      `Dir::Cache "${inFolder('cache')}";`,
      // apt's own user cannot read a temporary folder.
      'APT::Sandbox::User "root";',
      'Acquire::Retries "1";',
      'Acquire::http::Timeout "20";',
      'Acquire::https::Timeout "20";',
    ].join('\n'),
  );
  return { cwd: folder, env: { ...process.env, APT_CONFIG: inFolder('apt.conf'), LC_ALL: 'C' } };
}

/**
 * @param {string} program
 * @param {string[]} args
 * @param {{ cwd?: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<string>} What it printed.
 * @throws {ForeseenError}
 */
async function run(program, args, options) {
  const { status, output } = await runProgram(program, args, { ...options, timeoutMs: limitMs });
  if (status === 'missing') throw new ForeseenError(`there is no ${program}.`);
  if (status !== 0) throw new ForeseenError(`${program} ${args[0]} failed: ${lastLine(output)}`);
  return output;
}
