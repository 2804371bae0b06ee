/**
 * Puts Python (Pyodide) beside the app, for judging HumanEval: optional, and fetched only on request.
 * `CORRAL_PYTHON=none` leaves it out of the build; a host may also delete dist/python/.
 */
import { readFileSync } from 'node:fs';
import type { Plugin } from 'vite';
import type { PythonFiles } from '../src/protocol/python.ts';

const root = new URL('../node_modules/pyodide/', import.meta.url);
const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as {
  version: string;
};
/** Pyodide checks that these facts match those of its package list. */
const { info } = JSON.parse(readFileSync(new URL('pyodide-lock.json', root), 'utf8')) as {
  info: unknown;
};
/** With the version in its name, a cached copy stays valid through updates of the app. */
const folder = `python/${version}/`;
const names = ['pyodide.asm.wasm', 'pyodide.asm.js', 'pyodide.js', 'python_stdlib.zip'] as const;

export function python(): Plugin {
  const isLeftOut = process.env['CORRAL_PYTHON'] === 'none';
  const contents = isLeftOut
    ? []
    : names.map((name) => ({ name, source: readFileSync(new URL(name, root)) }));
  const bytes = contents.reduce((sum, { source }) => sum + source.byteLength, 0);
  const files: PythonFiles | null = isLeftOut ? null : { folder, bytes };
  return {
    name: 'corral-python',
    config: () => ({
      // Not in import.meta.env, which the app's first load contains as a whole.
      define: {
        PYTHON_FILES: JSON.stringify(files),
        PYTHON_LOCK: JSON.stringify(JSON.stringify({ info, packages: {} })),
      },
    }),
    configureServer({ middlewares }) {
      for (const { name, source } of contents) {
        middlewares.use(`/${folder}${name}`, (_request, response) => response.end(source));
      }
    },
    generateBundle() {
      for (const { name, source } of contents) {
        this.emitFile({ type: 'asset', fileName: `${folder}${name}`, source });
      }
    },
  };
}
