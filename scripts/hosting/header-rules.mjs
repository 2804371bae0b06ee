// The headers of `src/core/response-headers.ts`, in a form for any server's configuration.
import { inProject } from '../project.mjs';

/**
 * @typedef {object} HeaderRules
 * @property {Readonly<Record<string, string>>} common The same for all files.
 * @property {readonly VaryingHeader[]} varying
 *
 * @typedef {object} VaryingHeader A header that differs for some files; an empty text means none.
 * @property {string} name
 * @property {string} usual
 * @property {readonly { path: RegExp, value: string }[]} own By the path of a file's address.
 */

/**
 * Vite loads the TypeScript source, which Node 20 cannot.
 * @returns {Promise<HeaderRules>}
 */
export async function readHeaderRules() {
  const {
    CORRAL_MODEL_MIRROR: mirror = '',
    CORRAL_MODEL_HOSTS: hosts = '',
    CORRAL_EMBEDDERS: given = '',
  } = process.env;
  const [headers, models, widget] = await Promise.all([
    source(/** @type {const} */ ('response-headers')),
    source(/** @type {const} */ ('models/model-hosts')),
    source(/** @type {const} */ ('embed/embedders')),
  ]);
  const allowed = models.allowedHosts({ mirror, hosts });
  const own = headers.ownHeaders(allowed, widget.allowedEmbedders(given));
  const policy = headers.pagePolicy();
  /** @type {Record<string, string>} */
  const all = { 'Content-Security-Policy': policy, ...headers.commonHeaders };
  const names = [...new Set(own.flatMap((one) => Object.keys(one.headers)))];
  const varying = names.map((name) => ({
    name,
    usual: all[name] ?? '',
    own: own.flatMap(({ path, headers: { [name]: value } }) =>
      value === undefined ? [] : [{ path, value }],
    ),
  }));
  const common = Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
  return { common, varying };
}

/**
 * @param {string} name A header's name.
 * @returns {string} The name of a variable for it in a configuration.
 */
export function variableOf(name) {
  return `corral_${name.toLowerCase().replaceAll('-', '_')}`;
}

/**
 * @template {'response-headers' | 'models/model-hosts' | 'embed/embedders'} Name
 * @param {Name} name
 */
async function source(name) {
  const { runnerImport } = await import('vite');
  const { module } = await runnerImport(inProject('src', 'core', `${name}.ts`), {
    configFile: false,
    logLevel: 'warn',
  });
  return /** @type {Sources[Name]} */ (module);
}

/**
 * @typedef {{
 *   'response-headers': typeof import('../../src/core/response-headers.ts'),
 *   'models/model-hosts': typeof import('../../src/core/models/model-hosts.ts'),
 *   'embed/embedders': typeof import('../../src/core/embed/embedders.ts'),
 * }} Sources
 */
