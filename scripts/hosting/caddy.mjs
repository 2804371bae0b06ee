// Writes a Caddyfile.

import { variableOf } from './header-rules.mjs';

/**
 * @param {import('./header-rules.mjs').HeaderRules} rules
 * @returns {string}
 */
export function caddyfile({ common, varying }) {
  return `# Serves Corral's dist/. Made by \`npm run hosting -- caddy\`.
# A domain in place of the port, and Caddy fetches a certificate for it.
:8080 {
	root * {$CORRAL_DIST:./dist}
	encode zstd gzip
	file_server

${varying.map(mapOf).join('\n')}
	header {
${varying.map(({ name }) => `\t\t${name} {${variableOf(name)}}`).join('\n')}
		?Cache-Control "no-cache"
${Object.entries(common)
  .map(([name, value]) => `\t\t${name} "${value}"`)
  .join('\n')}
	}
	# Names in assets/ and embed/ change with their content; all others stay, so that a browser has to ask.
	@assets {
		path */assets/* */embed/*
		file
	}
	header @assets Cache-Control "public, max-age=31536000, immutable"
	# Not in Caddy's list of types.
	@manifest path *.webmanifest
	header @manifest Content-Type application/manifest+json
}
`;
}

/**
 * An empty value is sent as an empty header, which browsers ignore.
 * @param {import('./header-rules.mjs').VaryingHeader} header
 */
function mapOf({ name, usual, own }) {
  return `	map {path} {${variableOf(name)}} {
${own.map(({ path, value }) => `\t\t~${path.source} "${value}"`).join('\n')}
		default "${usual}"
	}`;
}
