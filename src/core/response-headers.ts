/**
 * The response headers that Corral needs: sent by every server of this repository, and by the service
 * worker in place of a host that cannot.
 */

/** What development needs beyond the built app. */
export interface DevelopmentSources {
  readonly script: string;
  readonly connect: string;
}

/**
 * Of workers/sandbox/frame.js: the one script that may stand in a document's text, in the frame without an
 * origin that runs the code of answers. A frame made of text inherits the page's policy.
 */
export const sandboxFrameHash = 'sha256-EhDTg3qmYcCMz2/SozV/Y8qFbkkopQQ8Obc1Y6qaIwY=';

/** `hosts` are those that models may be fetched from, besides the app's own. */
export function pagePolicy(hosts: readonly string[], development?: DevelopmentSources): string {
  return [
    ...metaPolicy(hosts, development),
    // The only one that a page's own meta element cannot give.
    "frame-ancestors 'none'",
  ].join('; ');
}

/** The page's policy as far as a `<meta>` may carry it, one directive each. */
export function metaPolicy(
  hosts: readonly string[],
  { script, connect }: DevelopmentSources = { script: '', connect: '' },
): readonly string[] {
  const modelHosts = hosts.map((host) => `https://${host}`).join(' ');
  return [
    "default-src 'self'",
    // WebAssembly needs its own word; nothing here may evaluate text.
    // A hash would switch off what development needs, which allows the frame's script as well.
    `script-src 'self' 'wasm-unsafe-eval'${script || ` '${sandboxFrameHash}'`}`,
    "worker-src 'self' blob:",
    `connect-src 'self' ${modelHosts}${connect}`,
    `style-src 'self'${script}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ];
}

/**
 * The workers that see what is typed, which are the engines' and the history's, open no connection and load
 * no further script: it cannot leave them. A worker's policy comes with its script; the one that wllama
 * makes from a blob inherits it.
 */
const sealedPolicy = [
  "default-src 'none'",
  "connect-src 'none'",
  "script-src 'wasm-unsafe-eval'",
  'worker-src blob:',
].join('; ');
const sealedScript = /\/(engine-\w+|history)\.worker-[\w-]+\.js$/;

/** The typesetting worker reads what models wrote: it loads its own chunks, and has nobody to talk to. */
const typesetPolicy = ["default-src 'none'", "script-src 'self'"].join('; ');
const typesetScript = /\/typeset\.worker-[\w-]+\.js$/;

/** Everything but the policy, which depends on the file. */
export const commonHeaders = {
  // Cross-origin isolation: shared memory, and so threads, for the CPU engine.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** For a file of the built app, by the path of its address. */
export function responseHeaders(
  path: string,
  hosts: readonly string[],
): Readonly<Record<string, string>> {
  return { ...commonHeaders, 'Content-Security-Policy': policyOf(path, hosts) };
}

/** Which files have a policy of their own, by the path of their address; all others have the page's. */
export const ownPolicies: readonly { readonly path: RegExp; readonly policy: string }[] = [
  { path: sealedScript, policy: sealedPolicy },
  { path: typesetScript, policy: typesetPolicy },
];

function policyOf(path: string, hosts: readonly string[]): string {
  return ownPolicies.find((one) => one.path.test(path))?.policy ?? pagePolicy(hosts);
}
