/**
 * Builds what other sites load: the widget's script, whose name stays, with its types; and the page in its
 * frame. The page has chunks of its own, so that what it shares with the app does not split the app's into
 * many. Workers and wasm come out the same as the app's, under the same names.
 */
import { copyFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin, type ResolvedConfig, type UserConfig } from 'vite';

/** Where the frame's own files are; the service worker keeps none of them. */
const frameFolder = 'embed';

export function widget(common: () => UserConfig): Plugin {
  let config: ResolvedConfig;
  return {
    name: 'corral-widget',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    // Before the service worker is built, which lists what there is.
    async writeBundle() {
      const { root } = config;
      const outDir = path.resolve(root, config.build.outDir);
      const output = { outDir, emptyOutDir: false, target: config.build.target };
      const plain = { configFile: false, root, logLevel: 'warn', publicDir: false } as const;
      await build({
        ...plain,
        build: {
          ...output,
          rolldownOptions: {
            input: path.resolve(root, 'src/widget/widget.ts'),
            preserveEntrySignatures: 'strict',
            output: { format: 'es', entryFileNames: 'widget.js' },
          },
        },
      });
      copyFileSync(path.resolve(root, 'src/widget/public.ts'), path.join(outDir, 'widget.d.ts'));
      const frame = common();
      await build({
        ...frame,
        ...plain,
        build: {
          ...frame.build,
          ...output,
          rolldownOptions: {
            input: path.resolve(root, 'embed.html'),
            output: {
              entryFileNames: `${frameFolder}/[name]-[hash].js`,
              chunkFileNames: `${frameFolder}/[name]-[hash].js`,
              assetFileNames: ({ names }) =>
                names.some((name) => name.endsWith('.css'))
                  ? `${frameFolder}/[name]-[hash][extname]`
                  : 'assets/[name]-[hash][extname]',
            },
          },
        },
      });
    },
  };
}
