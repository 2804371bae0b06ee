/** For test builds: replaces the module that describes the built-in model by another one. */
import path from 'node:path';
import type { Plugin } from 'vite';

const described = path.resolve(import.meta.dirname, '../src/core/models/built-in');

/** @param file The other module; empty for none. It may import the one that it replaces. */
export function otherBuiltIn(file: string): Plugin {
  return {
    name: 'corral-other-built-in',
    enforce: 'pre',
    apply: () => file !== '',
    resolveId(source, importer) {
      if (!source.endsWith('/built-in') || importer === undefined || importer === file) return null;
      return path.resolve(path.dirname(importer), source) === described ? file : null;
    },
  };
}
