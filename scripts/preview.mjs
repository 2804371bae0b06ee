// `node scripts/preview.mjs [--port N]`: serves an existing build; for the test runner.
import { parseArgs } from 'node:util';
import { runScript } from './entry-point.mjs';
import { serveBuiltApp, usualPort } from './serving.mjs';

await runScript(async () => {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: String(usualPort) } },
  });
  const { url } = await serveBuiltApp({ port: Number(values.port) });
  // playwright.config.ts reads the port from this line.
  console.log(`Serving ${url}`);
});
