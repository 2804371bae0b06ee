// `npm run pin -- MODEL [FILE]`: puts the commits and hashes of a published model's files into a list, which
// CORRAL_MODEL_PINS names when the app is built. MODEL is the beginning of its id; all that begin so are pinned.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { runScript, say } from './entry-point.mjs';
import { ForeseenError } from './foreseen-error.mjs';
import { pinModel } from './pin/pin-model.mjs';
import { publishedModels } from './pin/published-models.mjs';
import { inProject } from './project.mjs';
import { installDependencies } from './set-up/dependencies.mjs';

await runScript(async () => {
  const [wanted, file = inProject('model-pins.json')] = process.argv.slice(2);
  if (!wanted) {
    throw new ForeseenError('Usage: npm run pin -- MODEL [FILE]', { exitCode: 2 });
  }
  await installDependencies();
  const models = await publishedModels(wanted);
  if (models.size === 0) throw new ForeseenError(`No published model’s id begins with ${wanted}.`);
  const pins = existsSync(file) ? JSON.parse(await readFile(file, 'utf8')) : {};
  for (const [id, addresses] of models) {
    say(`${id}: …`);
    pins[id] = await pinModel(addresses);
  }
  await writeFile(file, `${JSON.stringify(pins, null, 2)}\n`);
  say(`${file}: build with CORRAL_MODEL_PINS=${file}`);
  return 0;
});
