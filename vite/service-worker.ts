/** Builds the service worker after the app, with the list of the app's files and their hashes. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { build, type Plugin, type ResolvedConfig } from 'vite';
import {
  type BuiltFile,
  type BuiltFiles,
  type EnginePart,
  engineParts,
  type LazyPart,
  lazyParts,
} from '../src/protocol/offline.ts';

const fileName = 'service-worker.js';

/** Files that a host serves but that are not needed to open the app. */
const notKept =
  /^(models|screenshots|embed)\/|\.map$|^(service-worker|widget)\.js$|\.d\.ts$|^embed\.html$/;

/** Which engine or later part a file belongs to; all other files belong to the app. */
const partsByFile: readonly (readonly [RegExp, readonly (EnginePart | LazyPart)[]])[] = [
  [/engine-webllm\.worker/, ['webllm']],
  [/engine-wllama\.worker/, ['wllama-one-thread', 'wllama-threads']],
  [/single-thread\/wllama\.wasm$/, ['wllama-one-thread']],
  [/multi-thread\/wllama\.wasm$/, ['wllama-threads']],
  [/\/sandbox\.worker|quickjs-[\w-]+\/dist\/[\w-]+\.wasm$/, ['code']],
  [/^python\/|\/python\.worker/, ['python']],
];

export function serviceWorker(): Plugin {
  let config: ResolvedConfig;
  /** The files' names before the build, by their built names. */
  const originals = new Map<string, string>();
  return {
    name: 'corral-service-worker',
    apply: 'build',
    configResolved(resolved) {
      config = resolved;
    },
    writeBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        const [original] = file.type === 'asset' ? file.originalFileNames : [];
        originals.set(file.fileName, original ?? file.fileName);
      }
    },
    async closeBundle(error) {
      if (error) return;
      const outDir = path.resolve(config.root, config.build.outDir);
      await build({
        configFile: false,
        root: config.root,
        logLevel: 'warn',
        publicDir: false,
        define: {
          'import.meta.env.MODEL_HOSTS': config.define?.['import.meta.env.MODEL_HOSTS'] as string,
          'import.meta.env.EMBEDDERS': config.define?.['import.meta.env.EMBEDDERS'] as string,
          'import.meta.env.BUILT_FILES': JSON.stringify(listFiles(outDir, originals)),
        },
        build: {
          target: config.build.target,
          outDir,
          emptyOutDir: false,
          rolldownOptions: {
            input: path.resolve(config.root, 'workers/service-worker.ts'),
            // A classic script, for every browser with service workers.
            output: { format: 'iife', entryFileNames: fileName },
          },
        },
      });
    },
  };
}

function listFiles(outDir: string, originals: ReadonlyMap<string, string>): BuiltFiles {
  const app: BuiltFile[] = [];
  const engines: Record<EnginePart, BuiltFile[]> = {
    'wllama-one-thread': [],
    'wllama-threads': [],
    webllm: [],
  };
  const lazy: Record<LazyPart, BuiltFile[]> = { code: [], python: [] };
  const lists = { ...engines, ...lazy };
  for (const name of namesIn(outDir).filter((file) => !notKept.test(file))) {
    const file = describe(name, readFileSync(path.join(outDir, name)));
    const original = originals.get(name) ?? name;
    const parts = partsByFile.find(([pattern]) => pattern.test(original))?.[1];
    for (const list of parts?.map((part) => lists[part]) ?? [app]) list.push(file);
  }
  const least = { webllm: 1, 'wllama-one-thread': 2, 'wllama-threads': 2, code: 2, python: 0 };
  const empty = [...engineParts, ...lazyParts].find((part) => lists[part].length < least[part]);
  if (empty) throw new Error(`vite/service-worker.ts finds no files of ${empty}`);
  const hash = createHash('sha256').update(JSON.stringify([app, lists]));
  return { build: hash.digest('hex').slice(0, 12), app, engines, lazy };
}

function namesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((name) => name.split(path.sep).join('/'))
    .sort();
}

function describe(name: string, content: Buffer): BuiltFile {
  const hash = createHash('sha256').update(content).digest('base64');
  return {
    // Hosts differ in whether the page may be requested by its file name.
    url: name === 'index.html' ? './' : name,
    revision: /^(assets|python)\//.test(name) ? null : hash.slice(0, 12),
    integrity: `sha256-${hash}`,
  };
}
