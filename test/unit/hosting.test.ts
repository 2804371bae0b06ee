import { describe, expect, it } from 'vitest';
import { caddyfile } from '../../scripts/hosting/caddy.mjs';
import { readHeaderRules } from '../../scripts/hosting/header-rules.mjs';
import { nginxServer } from '../../scripts/hosting/nginx.mjs';
import { modelHosts } from '../../src/core/model-hosts';
import { responseHeaders } from '../../src/core/response-headers';

const paths = [
  '/',
  '/some/path/index.html',
  '/assets/engine-webllm.worker-Cp3cuQtm.js',
  '/some/path/assets/engine-wllama.worker-DYL-w_oz.js',
  '/assets/history.worker-KOAPtcNl.js',
  '/assets/typeset.worker-C1keRwzY.js',
  '/assets/history-BGV4Gfzv.js',
];

/** The lines of a map by regular expressions, in both servers' form: the first one that fits counts. */
function policyIn(config: string, path: string): string | undefined {
  const map = /corral_policy\}? \{\n(.*?)\}/s.exec(config)?.[1] ?? '';
  const rules = map.matchAll(/^\s*(?:"?~(?<regex>[^\s"]+)"?|default) "(?<policy>[^"]*)";?$/gm);
  const all = [...rules].map(({ groups }) => groups ?? {});
  const fits = all.find(({ regex }) => regex !== undefined && new RegExp(regex).test(path));
  return (fits ?? all.find(({ regex }) => regex === undefined))?.['policy'];
}

describe.each([
  ['nginx', nginxServer],
  ['Caddy', caddyfile],
])('the configuration for %s', (_name, write) => {
  it('sends what this repository’s own servers send', async () => {
    const config = write(await readHeaderRules());
    for (const path of paths) {
      const { 'Content-Security-Policy': policy, ...common } = responseHeaders(path, modelHosts);
      expect(policyIn(config, path), path).toBe(policy);
      for (const [name, value] of Object.entries(common)) {
        expect(config).toMatch(new RegExp(`${name} "${value}"`));
      }
    }
  });
});
