// `npm run build`: sets up what is missing and builds dist/, which any static host can serve.
import { runScript, say } from './entry-point.mjs';
import { buildApp } from './serving.mjs';
import { installDependencies } from './set-up/dependencies.mjs';
import { provideModels } from './set-up/models.mjs';

await runScript(async () => {
  await installDependencies();
  await provideModels();
  say('App: building …');
  await buildApp();
  say('App: built into dist/.');
  return 0;
});
