import { describe, expect, it } from 'vitest';
import { caddyfile } from '../../scripts/hosting/caddy.mjs';
import { readHeaderRules, variableOf } from '../../scripts/hosting/header-rules.mjs';
import { nginxServer } from '../../scripts/hosting/nginx.mjs';
import { modelHosts } from '../../src/core/models/model-hosts';
import { responseHeaders } from '../../src/core/response-headers';

const paths = [
  '/',
  '/some/path/index.html',
  '/assets/engine-webllm.worker-Cp3cuQtm.js',
  '/some/path/assets/engine-wllama.worker-DYL-w_oz.js',
  '/assets/history.worker-KOAPtcNl.js',
  '/assets/typeset.worker-C1keRwzY.js',
  '/assets/documents.worker-C1keRwzY.js',
  '/assets/download.worker-DKnQofHq.js',
  '/some/path/assets/fetch.worker-Cmo2DpFU.js',
  '/assets/pattern.worker-CoUZ0JER.js',
  '/service-worker.js',
  '/assets/history-BGV4Gfzv.js',
  '/some/path/embed.html',
  '/widget.js',
];

/**
 * The value of a header for a path, from either server's map of regular expressions: the first match counts.
 */
function valueIn(config: string, name: string, path: string): string | undefined {
  const variable = variableOf(name);
  const map = new RegExp(`${variable}\\}? \\{\\n(.*?)\\n\\t?\\}`, 's').exec(config)?.[1] ?? '';
  const rules = map.matchAll(/^\s*(?:"?~(?<regex>[^\s"]+)"?|default) "(?<value>[^"]*)";?$/gm);
  const all = [...rules].map(({ groups }) => groups ?? {});
  const fits = all.find(({ regex }) => regex !== undefined && new RegExp(regex).test(path));
  return (fits ?? all.find(({ regex }) => regex === undefined))?.['value'];
}

describe.each([
  ['nginx', nginxServer],
  ['Caddy', caddyfile],
])('the configuration for %s', (_name, write) => {
  it('sends what this repository’s own servers send', async () => {
    const rules = await readHeaderRules();
    const config = write(rules);
    for (const path of paths) {
      const expected = responseHeaders(path, modelHosts);
      for (const { name } of rules.varying) {
        expect(valueIn(config, name, path), `${name} of ${path}`).toBe(expected[name] ?? '');
      }
      for (const [name, value] of Object.entries(rules.common)) {
        expect(expected[name]).toBe(value);
        expect(config).toContain(`${name} "${value}"`);
      }
    }
  });
});
