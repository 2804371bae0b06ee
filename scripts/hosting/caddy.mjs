// A Caddyfile.

/**
 * @param {import('./header-rules.mjs').HeaderRules} rules
 * @returns {string}
 */
export function caddyfile({ common, policy, ownPolicies }) {
  return `# Serves Corral's dist/. Made by \`npm run hosting -- caddy\`.
# A domain in place of the port, and Caddy fetches a certificate for it.
:8080 {
	root * {$CORRAL_DIST:./dist}
	encode zstd gzip
	file_server

	map {path} {corral_policy} {
${ownPolicies.map((own) => `\t\t~${own.path.source} "${own.policy}"`).join('\n')}
		default "${policy}"
	}
	header {
		Content-Security-Policy {corral_policy}
		?Cache-Control "no-cache"
${Object.entries(common)
  .map(([name, value]) => `\t\t${name} "${value}"`)
  .join('\n')}
	}
	# Names in assets/ change with their content; all others stay, so that a browser has to ask.
	@assets {
		path */assets/*
		file
	}
	header @assets Cache-Control "public, max-age=31536000, immutable"
	# Not in Caddy's list of types.
	@manifest path *.webmanifest
	header @manifest Content-Type application/manifest+json
}
`;
}
