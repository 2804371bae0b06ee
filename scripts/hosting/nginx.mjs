// Writes a server block for nginx, with maps for its headers; for the folder `conf.d`.

import { variableOf } from './header-rules.mjs';

/**
 * @param {import('./header-rules.mjs').HeaderRules} rules
 * @returns {string}
 */
export function nginxServer({ common, varying }) {
  return `# Serves Corral's dist/. Made by \`npm run hosting -- nginx\`; put TLS in front of it, or into it.
${varying.map(mapOf).join('\n\n')}

# Names in assets/ and embed/ change with their content; all others stay, so that a browser has to ask.
map $uri $corral_cache {
  default "no-cache";
  "~/(assets|embed)/" "public, max-age=31536000, immutable";
}

server {
  listen 8080;
  root /usr/share/nginx/html;

  include mime.types;
  types {
    application/manifest+json webmanifest;
  }

  gzip on;
  gzip_types text/css text/javascript application/javascript application/json application/manifest+json application/wasm image/svg+xml;

  # nginx leaves out a header whose value is empty.
${varying.map(({ name }) => `  add_header ${name} $${variableOf(name)} always;`).join('\n')}
  # Not of a file that is missing: it may be there a minute later.
  add_header Cache-Control $corral_cache;
${Object.entries(common)
  .map(([name, value]) => `  add_header ${name} "${value}" always;`)
  .join('\n')}
}
`;
}

/** @param {import('./header-rules.mjs').VaryingHeader} header */
function mapOf({ name, usual, own }) {
  return `map $uri $${variableOf(name)} {
  default "${usual}";
${own.map(({ path, value }) => `  "~${path.source}" "${value}";`).join('\n')}
}`;
}
