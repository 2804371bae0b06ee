// Installs the npm packages of package-lock.json, unless they are installed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { isEntryPoint, runScript, say } from '../entry-point.mjs';
import { ForeseenError, lastLine, tellsOfNoNetwork, tellsOfNoRoom } from '../foreseen-error.mjs';
import { inProject, projectFolder } from '../project.mjs';
import { runProgram } from './run-program.mjs';

const lockFile = inProject('package-lock.json');
/** The hash of the lock file from which node_modules was installed. */
const stampFile = inProject('node_modules', '.corral-lock-sha256');
/** npm's own record of installed packages. */
const installedFile = inProject('node_modules', '.package-lock.json');

/** @typedef {{ version?: string, optional?: boolean, devOptional?: boolean }} LockEntry */

/** Makes sure that every package of package-lock.json is in node_modules; needs no network if they are. */
export async function installDependencies() {
  const lockHash = createHash('sha256').update(readFileSync(lockFile)).digest('hex');
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8').trim() === lockHash) {
    say('Dependencies: installed.');
    return;
  }
  if (installedMatchesLock()) {
    say('Dependencies: installed already, and as package-lock.json says.');
  } else {
    say('Dependencies: installing with npm ci (a minute or two) …');
    await npmCi();
  }
  writeFileSync(stampFile, `${lockHash}\n`);
}

/** Detects an installation by npm itself, which leaves no stamp. */
function installedMatchesLock() {
  if (!existsSync(installedFile)) return false;
  const wanted = readPackages(lockFile);
  const installed = readPackages(installedFile);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '') return true;
    const found = installed[path];
    // Optional packages include those for other systems.
    if (found === undefined) return entry.optional === true || entry.devOptional === true;
    return found.version === entry.version && existsSync(inProject(path));
  });
}

/**
 * @param {string} file
 * @returns {Record<string, LockEntry>} By path within the project; empty if the file is not npm's.
 */
function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? {};
  } catch {
    return {};
  }
}

async function npmCi() {
  const args = [
    'ci',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    '--loglevel=error',
    '--fetch-retry-mintimeout=2000',
  ];
  // The npm that started this script, if any: it may not be on PATH.
  const npmScript = process.env['npm_execpath'];
  const { status, output } =
    npmScript !== undefined && /\.c?js$/.test(npmScript)
      ? await runProgram(process.execPath, [npmScript, ...args], { cwd: projectFolder })
      : await runProgram('npm', args, { cwd: projectFolder });
  if (status === 0) return;
  throw new ForeseenError(`The dependencies could not be installed: ${reason(status, output)}`);
}

/**
 * @param {number | 'missing' | 'timeout'} status
 * @param {string} output
 * @returns {string}
 */
function reason(status, output) {
  if (status === 'missing') return 'npm was not found; it comes with Node.js.';
  if (status === 'timeout') return 'npm ci took more than ten minutes; try again.';
  if (tellsOfNoRoom(output)) return 'there is no room left on the disk.';
  if (tellsOfNoNetwork(output)) {
    return 'the npm registry could not be reached; connect to the network and try again.';
  }
  if (output.includes('EUSAGE')) {
    return 'package.json and package-lock.json do not agree; run npm install.';
  }
  const told = output
    .split('\n')
    .find((line) => /^npm (error|ERR!) (?!code|errno|syscall)/.test(line));
  return `npm ci failed: ${told?.replace(/^npm (error|ERR!) /, '') ?? lastLine(output)}`;
}

if (isEntryPoint(import.meta.url)) await runScript(installDependencies);
