// A server block for nginx, with the maps that it looks headers up in; for the folder `conf.d`.

/**
 * @param {import('./header-rules.mjs').HeaderRules} rules
 * @returns {string}
 */
export function nginxServer({ common, policy, ownPolicies }) {
  return `# Serves Corral's dist/. Made by \`npm run hosting -- nginx\`; put TLS in front of it, or into it.
map $uri $corral_policy {
  default "${policy}";
${ownPolicies.map((own) => `  "~${own.path.source}" "${own.policy}";`).join('\n')}
}

# Names in assets/ change with their content; all others stay, so that a browser has to ask.
map $uri $corral_cache {
  default "no-cache";
  "~/assets/" "public, max-age=31536000, immutable";
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

  add_header Content-Security-Policy $corral_policy always;
  # Not of a file that is missing: it may be there a minute later.
  add_header Cache-Control $corral_cache;
${Object.entries(common)
  .map(([name, value]) => `  add_header ${name} "${value}" always;`)
  .join('\n')}
}
`;
}
