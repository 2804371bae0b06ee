// `npm run notices [-- --check]`: writes THIRD_PARTY.md; with --check, only checks that it is up to date.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { runScript, say } from './entry-point.mjs';
import { ForeseenError } from './foreseen-error.mjs';
import { inProject } from './project.mjs';
import { embeddedWorks } from './third-party/embedded-works.mjs';
import {
  apacheLicence,
  bsdTerms,
  pythonLicence,
  shippedPackages,
} from './third-party/shipped-packages.mjs';

const file = inProject('THIRD_PARTY.md');
/** Licences whose texts must accompany only the source. */
const asksNothingOfBinaries = ['Zlib', 'bzip2-1.0.6'];

await runScript(async () => {
  const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
  const notices = writeNotices();
  const current = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (values.check && current !== notices) {
    throw new ForeseenError('THIRD_PARTY.md is out of date; run npm run notices.');
  }
  if (!values.check) writeFileSync(file, notices);
  say(`THIRD_PARTY.md: ${values.check ? 'up to date' : 'written'}.`);
  return 0;
});

/** @returns {string} */
function writeNotices() {
  const packages = shippedPackages();
  const rows = packages.map(
    ({ name, version, licence, repository }) =>
      `| ${name} | ${version} | ${licence} | ${repository} |`,
  );
  const embeddedRows = embeddedWorks.map(
    ({ name, within, licence, repository }) =>
      `| ${name} | ${within} | ${licence} | ${repository} |`,
  );
  return [
    '# Third-party works in Corral',
    'Made by `npm run notices`: what the built app carries to the browser, and under which licence.',
    ['| package | version | licence | repository |', '| --- | --- | --- | --- |', ...rows].join(
      '\n',
    ),
    '## Inside these packages, and fetched at set-up',
    ['| work | within | licence | source |', '| --- | --- | --- | --- |', ...embeddedRows].join(
      '\n',
    ),
    '## Licence texts',
    ...[...bearersByText()].flatMap(([text, bearers]) => [
      `### ${bearers.join('; ')}`,
      ['```text', text, '```'].join('\n'),
    ]),
    '',
  ]
    .join('\n\n')
    .trimEnd()
    .concat('\n');

  /** @returns {Map<string, string[]>} Each text once, with the names of the works that it covers. */
  function bearersByText() {
    /** @type {Map<string, string[]>} */
    const texts = new Map();
    /** @param {string} text @param {string} name */
    const add = (text, name) => texts.set(text, [...(texts.get(text) ?? []), name]);
    for (const { name, licenceText } of packages) add(licenceText, name);
    const mit = packages.find(
      ({ licence, licenceText }) =>
        licence === 'MIT' && licenceText.includes('Permission is hereby granted'),
    );
    for (const { name, licence, copyright } of embeddedWorks) {
      if (asksNothingOfBinaries.includes(licence)) continue;
      if (licence === 'MIT') add(mitLicence(mit?.licenceText, copyright), name);
      else if (licence === 'BSD-2-Clause') add(`${copyright}\n\n${bsdTerms()}`, name);
      else add(licence === 'PSF-2.0' ? pythonLicence() : apacheLicence(), name);
    }
    return texts;
  }
}

/**
 * @param {string | undefined} example Any package's MIT licence.
 * @param {string | null} copyright
 * @returns {string} The same licence with this copyright notice.
 */
function mitLicence(example, copyright) {
  const terms = example?.slice(example.indexOf('Permission is hereby granted'));
  if (terms === undefined) throw new Error('no package carries the MIT licence');
  return `MIT License\n\n${copyright}\n\n${terms}`;
}
