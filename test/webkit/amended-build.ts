/** The next version of the built app, in which only the page differs: made at once, without a build. */
import { createHash } from 'node:crypto';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { dist } from '../e2e/static-host.ts';

/** Adds a `<meta>` of that name and content to the page. */
export async function amendBuild(
  name: string,
  content: string,
): Promise<{ folder: string; remove: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'corral-amended-'));
  const isModel = (file: string) => file === path.join(dist, 'models');
  await cp(dist, folder, { recursive: true, filter: (file) => !isModel(file) });
  const page = path.join(folder, 'index.html');
  const before = await readFile(page, 'utf8');
  const after = before.replace('</head>', `<meta name="${name}" content="${content}" /></head>`);
  await writeFile(page, after);
  // The service worker contains the page's hash, and its beginning as the revision.
  const worker = path.join(folder, 'service-worker.js');
  const [old, next] = [hashOf(before), hashOf(after)];
  const amended = (await readFile(worker, 'utf8'))
    .replaceAll(old, next)
    .replaceAll(old.slice(0, 12), next.slice(0, 12))
    .replace(
      /(\bbuild:[`'"])[0-9a-f]{12}/,
      `$1${createHash('md5').update(next).digest('hex').slice(0, 12)}`,
    );
  await writeFile(worker, amended);
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) };
}

const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');
