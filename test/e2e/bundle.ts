/** Bundles a script of a test site with Vite, as its developers would. */
import { svelte } from '@sveltejs/vite-plugin-svelte';
import path from 'node:path';
import { build, type Rolldown } from 'vite';

const hosts = path.resolve(import.meta.dirname, '../fixtures/hosts');

/** Returns a classic script. */
export async function bundle(name: string): Promise<string> {
  const environment = process.env['NODE_ENV'];
  const built = (await build({
    configFile: false,
    root: hosts,
    logLevel: 'warn',
    plugins: [svelte({ configFile: false })],
    build: {
      write: false,
      rolldownOptions: { input: path.join(hosts, name), output: { format: 'iife' } },
    },
  })) as Rolldown.RolldownOutput;
  if (environment !== undefined) process.env['NODE_ENV'] = environment;
  const script = built.output.find(({ type }) => type === 'chunk');
  return script?.type === 'chunk' ? script.code : '';
}
