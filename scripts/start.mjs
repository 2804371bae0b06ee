// `npm start`: sets up what is missing, builds the app, serves it on localhost and opens a browser.
import { serveDemoSite } from './demo-site.mjs';
import { runScript, say } from './entry-point.mjs';
import { buildApp, serveBuiltApp, usualPort } from './serving.mjs';
import { provideModels } from './set-up/models.mjs';
import { installDependencies } from './set-up/dependencies.mjs';

await runScript(async () => {
  await installDependencies();
  await provideModels();
  say('App: building …');
  await buildApp();
  const server = await serveBuiltApp({ openBrowser: hasPersonAndDisplay() });
  const { port } = new URL(server.url);
  if (port !== String(usualPort)) say(`App: port ${usualPort} is taken, so it is on ${port}.`);
  const demo = await serveDemoSite({ corralUrl: server.url });
  console.log(`Corral is at ${server.url} (Ctrl-C ends it)`);
  console.log(`A site that has it as a widget is at ${demo.url}`);
  for (const signal of ['SIGINT', 'SIGTERM']) {
    process.once(
      signal,
      () => void Promise.all([server.close(), demo.close()]).finally(() => process.exit(0)),
    );
  }
});

/** @returns {boolean} False in CI, in a pipe, over ssh without a display, and with CORRAL_NO_OPEN. */
function hasPersonAndDisplay() {
  const { env, platform, stdout } = process;
  if (env['CI'] || env['CORRAL_NO_OPEN'] || !stdout.isTTY) return false;
  if (platform === 'darwin' || platform === 'win32') return true;
  return Boolean(env['DISPLAY'] || env['WAYLAND_DISPLAY']);
}
