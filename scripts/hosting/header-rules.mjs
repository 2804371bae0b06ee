// The headers of `src/core/response-headers.ts`, in a form that any server's configuration can be made of.
import { inProject } from '../project.mjs';

/**
 * @typedef {object} HeaderRules
 * @property {Readonly<Record<string, string>>} common Of every file.
 * @property {string} policy Of every file that has none of its own.
 * @property {readonly { path: RegExp, policy: string }[]} ownPolicies By the path of a file's address.
 */

/**
 * Vite reads the source, which is TypeScript, as Node 20 does not.
 * @returns {Promise<HeaderRules>}
 */
export async function readHeaderRules() {
  const { CORRAL_MODEL_MIRROR: mirror = '', CORRAL_MODEL_HOSTS: hosts = '' } = process.env;
  const [headers, models] = await Promise.all([
    source(/** @type {const} */ ('response-headers')),
    source(/** @type {const} */ ('model-hosts')),
  ]);
  const { commonHeaders: common, ownPolicies, pagePolicy } = headers;
  return { common, ownPolicies, policy: pagePolicy(models.allowedHosts({ mirror, hosts })) };
}

/**
 * @template {'response-headers' | 'model-hosts'} Name
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
 * @typedef {object} Sources
 * @property {typeof import('../../src/core/response-headers.ts')} response-headers
 * @property {typeof import('../../src/core/model-hosts.ts')} model-hosts
 */
