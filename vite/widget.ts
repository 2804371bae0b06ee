/**
 * Builds what other sites load: the widget's script, under a name that stays and under one with its version, and
 * its types; and the page in its frame. The page has chunks of its own, so that what it shares with the app does
 * not split the app's into many. Workers and wasm come out the same as the app's, under the same names.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, type ResolvedConfig, type Rolldown, type UserConfig } from 'vite';

const projectFolder = path.resolve(import.meta.dirname, '..');
const source = (file: string) => path.join(projectFolder, 'src/widget', file);
const framePage = 'embed.html';
/** Where the frame's own files are; the service worker keeps none of them. */
const frameFolder = 'embed';
const { version } = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as {
  readonly version: string;
};
/** What a site loads of which it names the hash: it stays as it is until the site names another. */
const versionFolder = `${frameFolder}/${version}`;

/** What every page pays that has a chat on it, which perhaps nobody opens. */
const scriptLimitBytes = 6000;

const plain = {
  configFile: false,
  root: projectFolder,
  logLevel: 'warn',
  publicDir: false,
} as const;

export function widget(common: () => UserConfig): Plugin {
  let config: ResolvedConfig;
  let versioned = '';
  return {
    name: 'corral-widget',
    apply: 'build',
    async config() {
      versioned = await buildScript(`../../${framePage}`, common());
      const script = {
        path: `${versionFolder}/widget.js`,
        integrity: `sha384-${createHash('sha384').update(versioned).digest('base64')}`,
      };
      return { define: { 'import.meta.env.WIDGET_SCRIPT': JSON.stringify(script) } };
    },
    configResolved(resolved) {
      config = resolved;
    },
    // Before the service worker is built, which lists what there is.
    async writeBundle() {
      const outDir = path.resolve(config.root, config.build.outDir);
      const frame = common();
      mkdirSync(path.join(outDir, versionFolder), { recursive: true });
      writeFileSync(path.join(outDir, versionFolder, 'widget.js'), versioned);
      writeFileSync(path.join(outDir, 'widget.js'), await buildScript(framePage, frame));
      for (const folder of ['', versionFolder]) {
        copyFileSync(source('public.ts'), path.join(outDir, folder, 'widget.d.ts'));
      }
      await build({
        ...frame,
        ...plain,
        build: {
          ...frame.build,
          outDir,
          emptyOutDir: false,
          rolldownOptions: {
            input: path.join(projectFolder, framePage),
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

/** `frameAddress` is as the script sees it. */
async function buildScript(frameAddress: string, { build: options }: UserConfig): Promise<string> {
  const built = await build({
    ...plain,
    define: { 'import.meta.env.FRAME_ADDRESS': JSON.stringify(frameAddress) },
    build: {
      target: options?.target ?? 'es2023',
      write: false,
      rolldownOptions: {
        input: source('widget.ts'),
        preserveEntrySignatures: 'strict',
        output: { format: 'es', entryFileNames: 'widget.js' },
      },
    },
  });
  const [{ code }] = (built as Rolldown.RolldownOutput).output;
  const bytes = gzipSync(code).length;
  if (bytes > scriptLimitBytes) {
    throw new Error(`widget.js has ${bytes} bytes (gzip), more than ${scriptLimitBytes}`);
  }
  return code;
}
