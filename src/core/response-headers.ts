/**
 * The response headers that Corral needs: sent by every server of this repository, and by the service
 * worker in place of a host that cannot.
 */

import { anyEmbedder } from './embed/embedders.ts';

/** What development needs beyond the built app. */
export interface DevelopmentSources {
  readonly script: string;
  readonly connect: string;
}

/**
 * Of workers/sandbox/frame.js: the one script that may stand in a document's text, in the frame without an
 * origin that runs the code of answers. A frame made of text inherits the page's policy.
 */
export const sandboxFrameHash = 'sha256-6JhDAmFSmA0+VyDvbLwWVmSEByn4GzdVs9dIIjAjtDU=';

/** What that frame adds to the page's policy: no connection, no other script. Compiling WebAssembly evaluates no text. */
export const sandboxPolicy = `default-src 'none'; script-src '${sandboxFrameHash}' 'wasm-unsafe-eval'; worker-src blob: data:`;

/** The page talks to its own origin alone: models are fetched by a worker with a policy of its own. */
export function pagePolicy(development?: DevelopmentSources, ancestors = "'none'"): string {
  return [
    ...metaPolicy(development),
    // The only one that a page's own meta element cannot give.
    `frame-ancestors ${ancestors}`,
  ].join('; ');
}

/** The page's policy as far as a `<meta>` may carry it, one directive each. */
export function metaPolicy(
  { script, connect }: DevelopmentSources = { script: '', connect: '' },
): readonly string[] {
  return [
    "default-src 'self'",
    // WebAssembly needs its own word; nothing here may evaluate text.
    // A hash would switch off what development needs, which allows the frame's script as well.
    `script-src 'self' 'wasm-unsafe-eval'${script || ` '${sandboxFrameHash}'`}`,
    // The sandbox's frame inherits this: it makes its worker from a blob, or in WebKit from a `data:` address.
    "worker-src 'self' blob: data:",
    `connect-src 'self'${connect}`,
    `style-src 'self'${script}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // No text becomes markup or the address of a script, but through one of these: Svelte's own templates, the
    // sandbox's frame, formulas before they are copied, and `public/check-browser.js`, which lets in addresses of the app's own folder.
    "require-trusted-types-for 'script'",
    'trusted-types default svelte-trusted-html corral-sandbox corral-mathml',
  ];
}

/** As sources of a policy. */
export const sourcesOf = (hosts: readonly string[]) => hosts.map((host) => `https://${host}`);

/**
 * Workers open no connection, load no further script and start no other worker, but for what is said here:
 * what they read cannot leave them. A worker's policy comes with its script; one made from a blob inherits its
 * maker's. The first that fits counts.
 */
function workerPolicies(hosts: readonly string[]): readonly (readonly [RegExp, string[]])[] {
  const wasm = "script-src 'wasm-unsafe-eval'";
  return [
    // wllama makes a worker from a blob.
    [/\/engine-wllama\.worker-[\w-]+\.js$/, [wasm, 'worker-src blob:']],
    [/\/(engine-webllm|download)\.worker-[\w-]+\.js$/, [wasm, "worker-src 'none'"]],
    // The only one that talks to others, and it reads nothing of what is stored: workers/fetch.worker.ts.
    [/\/fetch\.worker-[\w-]+\.js$/, [['connect-src', "'self'", ...sourcesOf(hosts)].join(' ')]],
    [/\.worker-[\w-]+\.js$/, []],
    [/\/service-worker\.js$/, ["connect-src 'self'"]],
  ];
}

/** Nobody can have Corral use them, in its frames neither. */
const unusedFeatures = [
  'accelerometer',
  'autoplay',
  'bluetooth',
  'camera',
  'display-capture',
  'encrypted-media',
  'fullscreen',
  'geolocation',
  'gyroscope',
  'hid',
  'idle-detection',
  'local-fonts',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'picture-in-picture',
  'publickey-credentials-create',
  'publickey-credentials-get',
  'screen-wake-lock',
  'serial',
  'usb',
  'window-management',
  'xr-spatial-tracking',
];

/** Everything but the policy, which depends on the file. */
export const commonHeaders = {
  // Cross-origin isolation: shared memory, and so threads, for the CPU engine.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // Processes are shared with no other site of the same domain, and `document.domain` joins none.
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': unusedFeatures.map((name) => `${name}=()`).join(', '),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** What some files have in place of the others' headers; an empty text is for none. */
export interface OwnHeaders {
  /** Of the path of the file's address. */
  readonly path: RegExp;
  readonly headers: Readonly<Record<string, string>>;
}

const policyName = 'Content-Security-Policy';

/**
 * `hosts` are those that models may be fetched from, besides the app's own; `embedders` the sites that may show the
 * widget, as `frame-ancestors` has them.
 */
export function ownHeaders(
  hosts: readonly string[],
  embedders: readonly string[],
): readonly OwnHeaders[] {
  // For pages and scripts that are part of other sites, isolated ones too.
  const shared = {
    'Cross-Origin-Opener-Policy': '',
    'Cross-Origin-Resource-Policy': 'cross-origin',
  };
  return [
    ...workerPolicies(hosts).map(([path, further]) => ({
      path,
      headers: { [policyName]: ["default-src 'none'", ...further].join('; ') },
    })),
    {
      // Some hosts leave the ending out. A window that the frame opens must be able to answer it: no opener policy.
      path: /\/embed(\.html)?$/,
      headers: { ...shared, [policyName]: pagePolicy(undefined, embedders.join(' ')) },
    },
    {
      path: /\/widget(\.d\.ts|\.js)$/,
      headers: { ...shared, 'Access-Control-Allow-Origin': '*' },
    },
  ];
}

/** For a file of the built app, by the path of its address. */
export function responseHeaders(
  path: string,
  hosts: readonly string[],
  embedders: readonly string[] = anyEmbedder,
): Readonly<Record<string, string>> {
  const own = ownHeaders(hosts, embedders).find((one) => one.path.test(path))?.headers;
  const all = { ...commonHeaders, [policyName]: pagePolicy(), ...own };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
