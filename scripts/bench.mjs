// `npm run bench -- NAME [OPTIONS]`: runs bench/NAME.mjs and prints its result as a last line of JSON.
import { existsSync, readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { runScript } from './entry-point.mjs';
import { ForeseenError } from './foreseen-error.mjs';
import { inProject } from './project.mjs';
import { installDependencies } from './set-up/dependencies.mjs';

await runScript(async () => {
  const name = process.argv[2];
  const names = benchNames();
  if (name === undefined || !names.includes(name)) {
    const fault = name === undefined ? '' : `There is no bench "${name}". `;
    const list = names.length === 0 ? 'none yet' : names.join(', ');
    throw new ForeseenError(`${fault}Usage: npm run bench -- NAME, with one of: ${list}`, {
      exitCode: 2,
    });
  }
  await installDependencies();
  const bench = await import(pathToFileURL(inProject('bench', `${name}.mjs`)).href);
  console.log(JSON.stringify(await bench.default(process.argv.slice(3))));
  return 0;
});

/** @returns {string[]} */
function benchNames() {
  const folder = inProject('bench');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((file) => file.endsWith('.mjs'))
    .map((file) => file.slice(0, -'.mjs'.length))
    .sort();
}
