// Lists the npm packages whose code the build may ship to the browser, with their licences.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { ForeseenError } from '../foreseen-error.mjs';
import { inProject, projectFolder } from '../project.mjs';

/** Svelte's dependencies that compiled components import; the rest are its compiler's. */
const svelteRuntime = ['svelte', 'clsx', 'esm-env'];

/** Packages whose dependencies are used in Node only. */
const withoutDependencies = [...svelteRuntime, 'pyodide'];

/** A package that names its licence without the text, and another package with that text. */
const textElsewhere = new Map([['pyodide', { licence: 'MPL-2.0', from: 'axe-core' }]]);

/**
 * @typedef {object} ShippedPackage
 * @property {string} name
 * @property {string} version
 * @property {string} licence SPDX.
 * @property {string} repository A web address.
 * @property {string} licenceText Its licence, and its notice if it has one.
 */

/**
 * @returns {ShippedPackage[]} All dependencies, direct and indirect, and Svelte's runtime, sorted by name.
 * @throws {ForeseenError} If one has no licence text.
 */
export function shippedPackages() {
  /** @type {Map<string, ShippedPackage>} By folder: two versions of one package are two. */
  const found = new Map();
  /** @param {string} name @param {string} from */
  const add = (name, from) => {
    const folder = findFolder(name, from);
    if (found.has(folder)) return;
    const manifest = readManifest(folder);
    found.set(folder, describe(folder, manifest));
    if (withoutDependencies.includes(name)) return;
    for (const dependency of Object.keys(manifest.dependencies ?? {})) add(dependency, folder);
  };
  const { dependencies = {} } = readManifest(projectFolder);
  for (const name of [...Object.keys(dependencies), ...svelteRuntime]) add(name, projectFolder);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/**
 * @param {string} name
 * @param {string} from A package's folder, whose own node_modules comes first.
 * @returns {string}
 */
function findFolder(name, from) {
  for (let folder = from; ; folder = path.dirname(folder)) {
    const candidate = path.join(folder, 'node_modules', name);
    if (existsSync(candidate)) return candidate;
    if (path.relative(projectFolder, folder) === '') {
      throw new ForeseenError(`${name} is not installed; run npm ci.`);
    }
  }
}

/** @param {string} folder */
function readManifest(folder) {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}

/**
 * @param {string} folder
 * @param {any} manifest
 * @returns {ShippedPackage}
 */
function describe(folder, manifest) {
  const elsewhere = textElsewhere.get(manifest.name);
  const textFolder =
    elsewhere && elsewhere.licence === manifest.license
      ? findFolder(elsewhere.from, projectFolder)
      : folder;
  const files = readdirSync(textFolder).filter((file) =>
    /^(licen[cs]e|copying|notice)\b/i.test(file),
  );
  if (files.length === 0) throw new ForeseenError(`${manifest.name} carries no licence text.`);
  const texts = files.sort().map((file) => readFileSync(path.join(textFolder, file), 'utf8'));
  return {
    name: manifest.name,
    version: manifest.version,
    licence: manifest.license,
    repository: webAddress(manifest.repository?.url ?? manifest.repository ?? manifest.homepage),
    licenceText: texts.map((text) => text.replaceAll('\r\n', '\n').trim()).join('\n\n'),
  };
}

/**
 * @param {string} repository In package.json's form, such as `git+https://….git` or `owner/name`.
 * @returns {string}
 */
function webAddress(repository) {
  const address = repository.replace(/^git\+/, '').replace(/^git:/, 'https:');
  const whole = /^[\w-]+\/[\w.-]+$/.test(address) ? `https://github.com/${address}` : address;
  return whole.replace(/\.git$/, '');
}

/** @returns {string} The licence of Python 3.13. */
export function pythonLicence() {
  return readFileSync(inProject('scripts', 'third-party', 'python-licence.txt'), 'utf8').trim();
}

/** @returns {string} The BSD licence's two clauses, which a development package contains without a title. */
export function bsdTerms() {
  const text = readFileSync(inProject('node_modules', 'esutils', 'LICENSE.BSD'), 'utf8');
  const terms = text.slice(text.indexOf('Redistribution and use')).trim();
  return terms.replace('<COPYRIGHT HOLDER>', 'THE COPYRIGHT HOLDER');
}

/** @returns {string} The Apache License 2.0, which is Corral's own too. */
export function apacheLicence() {
  return readFileSync(inProject('LICENSE'), 'utf8').trim();
}
