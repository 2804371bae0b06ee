// `npm run hosting -- nginx|caddy`: prints a server configuration for dist/, with the headers that the app
// needs. Needs the same CORRAL_MODEL_MIRROR and CORRAL_MODEL_HOSTS as the build.
import { runScript } from './entry-point.mjs';
import { ForeseenError } from './foreseen-error.mjs';
import { caddyfile } from './hosting/caddy.mjs';
import { nginxServer } from './hosting/nginx.mjs';
import { readHeaderRules } from './hosting/header-rules.mjs';
import { installDependencies } from './set-up/dependencies.mjs';

const writers = { nginx: nginxServer, caddy: caddyfile };

await runScript(async () => {
  const name = process.argv[2] ?? '';
  if (name !== 'nginx' && name !== 'caddy') {
    throw new ForeseenError('Usage: npm run --silent hosting -- nginx, or … -- caddy', {
      exitCode: 2,
    });
  }
  await installDependencies();
  process.stdout.write(writers[name](await readHeaderRules()));
  return 0;
});
