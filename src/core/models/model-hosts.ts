import { withoutEnd } from '../trim.ts';

/**
 * Hosts that models may be fetched from, besides the app's own: where Llama 2's weights and libraries are
 * published. None is asked before a visitor chooses a model of theirs.
 */
export const modelHosts: readonly string[] = [
  'huggingface.co',
  '*.hf.co',
  'raw.githubusercontent.com',
];

/** What whoever hosts Corral says at build time, as the environment variables have it; empty for nothing. */
export interface HostingChoices {
  /** `CORRAL_MODEL_MIRROR`: a folder, absolute or relative to the app, in place of the publishers' hosts. */
  readonly mirror: string;
  /** `CORRAL_MODEL_HOSTS`: further hosts, with spaces between them. */
  readonly hosts: string;
}

/** With a mirror, nobody else is asked unless that is wanted too. */
export function allowedHosts({ mirror, hosts }: HostingChoices): readonly string[] {
  const further = hosts.split(/\s+/).filter((host) => host !== '');
  if (mirror === '') return [...modelHosts, ...further];
  return URL.canParse(mirror) ? [new URL(mirror).host, ...further] : further;
}

/** `*.` in a host stands for one or more labels. */
export function isModelHost(url: URL, hosts: readonly string[]): boolean {
  const fits = (host: string) =>
    host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.host === host;
  return url.protocol === 'https:' && hosts.some(fits);
}

/**
 * Whether a stored address is one that could have been added: of the app's own origin or of a model's host, without
 * a name or password, and written as the browser writes it, so that nothing in it looks like something else.
 */
export function mayFetch(address: string, baseUrl: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.href !== address || url.username !== '' || url.password !== '') return false;
  return url.origin === new URL(baseUrl).origin || isModelHost(url, hosts);
}

/** Below the mirror's folder come the publishers' own paths, so that a plain copy of them serves. */
export function mirrored(address: string, mirror: string, baseUrl: string): string {
  const url = new URL(address, baseUrl);
  if (mirror === '' || url.origin === new URL(baseUrl).origin) return url.href;
  return new URL(url.pathname.slice(1), new URL(`${withoutEnd(mirror, '/')}/`, baseUrl)).href;
}
