/** The facts for the app's "About": versions from package.json, and the notices of THIRD_PARTY.md. */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';

const root = new URL('..', import.meta.url);
const shown = ['@mlc-ai/web-llm', '@wllama/wllama', 'svelte'];

interface Package {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

export function buildFacts(): Plugin {
  const { version, dependencies, devDependencies } = JSON.parse(
    readFileSync(new URL('package.json', root), 'utf8'),
  ) as Package;
  const all = { ...devDependencies, ...dependencies };
  const parts = [['Corral', version], ...shown.map((name) => [name, all[name]])];
  return {
    name: 'corral-build-facts',
    config: () => ({ define: { 'import.meta.env.PARTS': JSON.stringify(parts) } }),
    generateBundle() {
      const source = readFileSync(new URL('THIRD_PARTY.md', root), 'utf8');
      // As plain text, which every browser shows.
      this.emitFile({ type: 'asset', fileName: 'third-party.txt', source });
    },
  };
}
