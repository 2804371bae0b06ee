/**
 * A repository of a model hub, as described by the Hugging Face Hub's API: `GET /api/models/OWNER/NAME/revision/REVISION`
 * with `blobs=true`. https://huggingface.co/docs/hub/api
 */
import { isCommit, isHash } from './model-pins';
import type { ListedFile, ListedFiles } from '../../protocol/download';
import { AppError } from '../../protocol/errors';
import { readAddress } from './model-address';
import { withoutEnd } from '../trim';

export interface RepositoryAddress {
  /** With a trailing slash. */
  readonly hub: string;
  /** Such as `owner/name`. */
  readonly name: string;
  /** A branch, a tag or a commit. */
  readonly revision: string;
}

const namePart = /^[\w-][\w.-]{0,95}$/;
const isName = (parts: readonly string[]) =>
  parts.length === 2 && parts.every((part) => namePart.test(part) && !part.includes('..'));
const revisionForm = /^[\w][\w./-]{0,199}$/;

/**
 * Null if the input is not a repository but the address of a file or another folder. Throws `model-address`, or
 * `host-not-allowed` for a hub that the page may not contact.
 */
export function readRepositoryAddress(
  typed: string,
  hubTyped: string,
  baseUrl: string,
  hosts: readonly string[],
): RepositoryAddress | null {
  const hub = `${withoutEnd(readHub(hubTyped, baseUrl, hosts), '/')}/`;
  const parts = pathIn(typed.trim(), hub)?.split('/');
  if (!parts || !isName(parts.slice(0, 2))) return null;
  const [owner, name, kind, ...rest] = parts.filter((part, at) => at < 3 || part !== '');
  if (/\.gguf$/i.test(parts.at(-1) ?? '')) return null;
  const revision = kind === 'tree' ? rest.join('/') : 'main';
  if ((kind ?? '') !== '' && kind !== 'tree') return null;
  if (!revisionForm.test(revision) || revision.includes('..')) return null;
  return { hub, name: `${owner}/${name}`, revision };
}

/** The path on the hub; also of an address on Hugging Face, which a mirror may replace. Null for another host. */
function pathIn(typed: string, hub: string): string | null {
  const [address = ''] = typed.split(/[?#]/);
  if (address.startsWith(hub)) return address.slice(hub.length);
  const usual = /^(?:https?:\/\/)?(?:www\.)?(?:huggingface\.co|hf\.co)\/(.+)/.exec(address)?.[1];
  return usual ?? (address.includes(':') ? null : address);
}

function readHub(typed: string, baseUrl: string, hosts: readonly string[]): string {
  const { href, search, hash } = readAddress(typed, baseUrl, hosts);
  if (search !== '' || hash !== '') throw new AppError('model-address');
  return href;
}

/** The API's address of the repository. */
export function listAddress({ hub, name, revision }: RepositoryAddress): string {
  return new URL(`api/models/${name}/revision/${encodeURIComponent(revision)}?blobs=true`, hub)
    .href;
}

/** The address of the files at the commit, with a trailing slash. */
export function folderAddress({ hub, name }: RepositoryAddress, { commit }: ListedFiles): string {
  return new URL(`${name}/resolve/${commit}/`, hub).href;
}

const maxFiles = 20_000;

/**
 * Validates the API's parsed response, which is untrusted: files with invalid names or sizes are left out. Throws
 * `repository-gated`, or `repository-unreadable` for another response.
 */
export function readRepository(value: unknown, repository: string): ListedFiles {
  const { sha, siblings, gated } = objectOf(value);
  if (gated !== undefined && gated !== false && gated !== null) {
    throw new AppError('repository-gated', { repository });
  }
  if (!isCommit(sha) || !Array.isArray(siblings)) {
    throw new AppError('repository-unreadable');
  }
  const files = siblings.slice(0, maxFiles).flatMap(readFile);
  const paths = new Set<string>();
  const once = files.filter(({ path }) => !paths.has(path) && paths.add(path));
  return { commit: sha, files: once };
}

function readFile(value: unknown): ListedFile[] {
  const { rfilename: path, size, lfs } = objectOf(value);
  const { sha256, size: lfsBytes = size } = objectOf(lfs);
  if (typeof path !== 'string' || !isPath(path)) return [];
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0) return [];
  if (lfsBytes !== size) return [];
  if (sha256 === undefined) return [{ path, sizeBytes: size, sha256: null }];
  return isHash(sha256) ? [{ path, sizeBytes: size, sha256 }] : [];
}

/** No characters with a meaning in addresses, and none that mislead a reader. */
function isPath(path: string): boolean {
  const parts = path.split('/');
  return path.length <= 300 && parts.every((part) => /^[\w+@=,()-][\w+@=,(). -]*$/.test(part));
}

const objectOf = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
