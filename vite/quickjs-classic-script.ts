/**
 * QuickJS's loader uses `import.meta.url`, which only modules may contain. The sandbox's worker has no address
 * and must be a classic script: browsers refuse module workers in a frame without an origin.
 */
import type { Plugin } from 'vite';

export function quickJsClassicScript(): Plugin {
  return {
    name: 'corral-quickjs-classic-script',
    transform(code, id) {
      if (!/quickjs-[\w-]+\/dist\/emscripten-module\.browser\.mjs/.test(id)) return null;
      if (!code.includes('import.meta.url')) {
        this.error(
          'QuickJS has changed: vite/quickjs-classic-script.ts no longer finds its place.',
        );
      }
      return { code: code.replaceAll('import.meta.url', 'self.location.href'), map: null };
    },
  };
}
