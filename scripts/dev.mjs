// `npm run dev`: sets up what is missing, then runs Vite's development server.
import { runScript } from './entry-point.mjs';
import { projectFolder } from './project.mjs';
import { provideModels } from './set-up/models.mjs';
import { installDependencies } from './set-up/dependencies.mjs';

await runScript(async () => {
  await installDependencies();
  await provideModels();
  const { createServer } = await import('vite');
  const server = await createServer({ root: projectFolder });
  await server.listen();
  server.printUrls();
  if (process.stdin.isTTY) server.bindCLIShortcuts({ print: true });
  process.once('SIGINT', () => void server.close().finally(() => process.exit(0)));
});
