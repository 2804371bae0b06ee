/** Reads addresses of models that a visitor types. */
import { AppError } from '../../protocol/errors';
import { isModelHost } from './model-hosts';
import type { FoundModel } from './custom-model';
import { withoutEnd } from '../trim';
import { inParts, isGgufPart } from './picked-files';

export interface Addresses {
  /** The address of a `.gguf` file or of an MLC folder. */
  readonly model: string;
  /** The address of a folder's compiled library (`.wasm`); empty for a GGUF. */
  readonly library: string;
}

/**
 * Throws `model-address`, `library-missing`, `model-in-parts`, or `host-not-allowed` if the page's policy would
 * block the host. `hosts` are allowed besides the page's own; `*.` stands for one or more labels.
 */
export function readAddresses(
  { model, library }: Addresses,
  baseUrl: string,
  hosts: readonly string[],
): FoundModel {
  const url = readAddress(model, baseUrl, hosts);
  const names = url.pathname.split('/').filter((part) => part !== '');
  const last = names.at(-1) ?? '';
  if (last.toLowerCase().endsWith('.gguf')) {
    // Turns the address of the page that shows a file into the file's address.
    url.pathname = url.pathname.replace('/blob/', '/resolve/');
    const name = decoded(last);
    if (isGgufPart(name)) throw inParts(name);
    const origin = { kind: 'gguf', name, file: url.href } as const;
    return { name: name.slice(0, -'.gguf'.length), origin };
  }
  if (library.trim() === '') throw new AppError('library-missing');
  const libraryUrl = readAddress(library, baseUrl, hosts);
  if (!libraryUrl.pathname.endsWith('.wasm')) throw new AppError('model-address');
  const isRepository = url.hostname === 'huggingface.co' && names.length === 2;
  const folder = `${url.origin}${withoutEnd(url.pathname, '/')}/${isRepository ? 'resolve/main/' : ''}`;
  const at = names.indexOf('resolve');
  const name = decoded((at > 0 ? names[at - 1] : last) ?? '');
  if (name === '') throw new AppError('model-address');
  return { name, origin: { kind: 'mlc', folder, library: libraryUrl.href } };
}

/** An invalid percent sign stays as it is. */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Throws `model-address` or `host-not-allowed`. */
export function readAddress(typed: string, baseUrl: string, hosts: readonly string[]): URL {
  const text = typed.trim();
  // Plain words would be read as a path relative to this page.
  if (text === '' || /\s/.test(text) || !URL.canParse(text, baseUrl))
    throw new AppError('model-address');
  const url = new URL(text, baseUrl);
  if (url.origin === new URL(baseUrl).origin) return url;
  if (url.protocol !== 'https:' || url.username !== '') throw new AppError('model-address');
  if (!isModelHost(url, hosts)) throw new AppError('host-not-allowed', { host: url.host });
  return url;
}
