import { withoutEnd } from '../trim.ts';

/**
 * Hosts that models may be fetched from, besides the app's own: the publishers of Llama 2's weights and
 * libraries. None is contacted before a visitor chooses one of their models.
 */
export const modelHosts: readonly string[] = [
  'huggingface.co',
  '*.hf.co',
  'raw.githubusercontent.com',
];

/** Build-time settings of Corral's host, from environment variables; empty for none. */
export interface HostingChoices {
  /** `CORRAL_MODEL_MIRROR`: a folder, absolute or relative to the app, that replaces the publishers' hosts. */
  readonly mirror: string;
  /** `CORRAL_MODEL_HOSTS`: further hosts, separated by spaces. */
  readonly hosts: string;
}

/** With a mirror, the publishers' hosts are not allowed unless `hosts` lists them. */
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
 * Whether a stored address could have been added by the visitor: on the app's own origin or a model host,
 * without user name or password, and in the browser's own spelling, so that nothing in it misleads.
 */
export function mayFetch(address: string, baseUrl: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false;
  const url = new URL(address);
  if (url.href !== address || url.username !== '' || url.password !== '') return false;
  return url.origin === new URL(baseUrl).origin || isModelHost(url, hosts);
}

/** The mirror's folder has the same paths as the publishers, so a plain copy works. */
export function mirrored(address: string, mirror: string, baseUrl: string): string {
  const url = new URL(address, baseUrl);
  if (mirror === '' || url.origin === new URL(baseUrl).origin) return url.href;
  return new URL(url.pathname.slice(1), new URL(`${withoutEnd(mirror, '/')}/`, baseUrl)).href;
}

/** The model hub that is asked if the visitor names no other one. */
export const usualHub = ({ mirror, baseUrl }: { mirror: string; baseUrl: string }): string =>
  mirrored('https://huggingface.co/', mirror, baseUrl);
