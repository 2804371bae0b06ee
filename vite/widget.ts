/**
 * Builds the files that other sites load: the widget's script, under a fixed name and under one with its version, its
 * types, and the page in its frame. The page has its own chunks, so that code shared with the app does not split the
 * app's into many. Workers and wasm get the same content and names as the app's.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, type Plugin, type ResolvedConfig, type Rolldown, type UserConfig } from 'vite';

const projectFolder = path.resolve(import.meta.dirname, '..');
const source = (file: string) => path.join(projectFolder, 'src/widget', file);
const framePage = 'embed.html';
/** The frame's own files; the service worker caches none of them. */
const frameFolder = 'embed';
const { version } = JSON.parse(readFileSync(path.join(projectFolder, 'package.json'), 'utf8')) as {
  readonly version: string;
};
/** For sites that pin the script's hash: it stays unchanged until the site names another version. */
const versionFolder = `${frameFolder}/${version}`;

/** Every page with a chat loads this script, even if nobody opens the chat. */
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
    // Before the service worker is built, which lists the files.
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

/** `frameAddress` is relative to the script. */
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
