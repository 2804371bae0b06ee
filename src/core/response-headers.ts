/**
 * The response headers that Corral needs: sent by every server of this repository, and by the service worker if
 * the host cannot.
 */

import { anyEmbedder } from './embed/embedders.ts';

/** Sources that development needs besides the built app's. */
export interface DevelopmentSources {
  readonly script: string;
  readonly connect: string;
}

/**
 * The hash of workers/sandbox/frame.js: the only inline script, in the frame without an origin that runs the
 * code of answers. A frame made of text inherits the page's policy.
 */
export const sandboxFrameHash = 'sha256-sqPrkPB7rU6NOeLCRGS9UdLY5/hF3OTRApsCw0afIAo=';

/**
 * The frame's own policy, besides the page's: no connection, no other script. WebAssembly may be compiled, but
 * text is not evaluated.
 */
export const sandboxPolicy = `default-src 'none'; script-src '${sandboxFrameHash}' 'wasm-unsafe-eval'; worker-src blob: data:`;

/**
 * The policy of public/preview.html, which also contains it. The frame in that page has no origin and inherits the
 * policy: it can make no request and cannot navigate, since the policy of its parent forbids that.
 */
export const previewPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  'media-src data:',
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/** Some hosts omit `.html`. */
export const previewPath = /\/preview(\.html)?$/;

/** The page connects to its own origin only: a worker with its own policy fetches models. */
export function pagePolicy(development?: DevelopmentSources, ancestors = "'none'"): string {
  return [
    ...metaPolicy(development),
    // The only directive that a `<meta>` element cannot set.
    `frame-ancestors ${ancestors}`,
  ].join('; ');
}

/** The part of the page's policy that a `<meta>` may set, one directive each. */
export function metaPolicy(
  { script, connect }: DevelopmentSources = { script: '', connect: '' },
): readonly string[] {
  return [
    "default-src 'self'",
    // WebAssembly needs its own keyword; text is never evaluated. A hash would disable `'unsafe-inline'`, which
    // development uses and which allows the frame's script too.
    `script-src 'self' 'wasm-unsafe-eval'${script || ` '${sandboxFrameHash}'`}`,
    // The sandbox's frame inherits this: it makes its worker from a blob, or in WebKit from a `data:` address.
    "worker-src 'self' blob: data:",
    `connect-src 'self'${connect}`,
    `style-src 'self'${script}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    // Only these policies may turn text into markup or script addresses: Svelte's templates, the sandbox's
    // frame, formulas for the clipboard, and `public/check-browser.js`, which allows addresses in the app's own
    // folder.
    "require-trusted-types-for 'script'",
    'trusted-types default svelte-trusted-html corral-sandbox corral-mathml',
  ];
}

/** As sources of a policy. */
export const sourcesOf = (hosts: readonly string[]) => hosts.map((host) => `https://${host}`);

/**
 * Workers open no connection, load no script and start no worker, except as listed here: the data that they
 * read cannot leave them. A worker's policy comes with its script; a worker made from a blob inherits its
 * maker's. The first matching entry applies.
 */
function workerPolicies(hosts: readonly string[]): readonly (readonly [RegExp, string[]])[] {
  const wasm = "script-src 'wasm-unsafe-eval'";
  return [
    // wllama makes a worker from a blob.
    [/\/engine-wllama\.worker-[\w-]+\.js$/, [wasm, 'worker-src blob:']],
    [/\/(engine-webllm|download)\.worker-[\w-]+\.js$/, [wasm, "worker-src 'none'"]],
    // The only worker that contacts other hosts; it cannot read what is stored: workers/fetch.worker.ts.
    [/\/fetch\.worker-[\w-]+\.js$/, [['connect-src', "'self'", ...sourcesOf(hosts)].join(' ')]],
    [/\.worker-[\w-]+\.js$/, []],
    [/\/service-worker\.js$/, ["connect-src 'self'"]],
  ];
}

/** Features that Corral disables, also for its frames. */
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

/** Only the app itself may use the microphone, for dictation; its frames and widgets may not. */
const featurePolicy = (microphone: '(self)' | '()') =>
  [...unusedFeatures.map((name) => `${name}=()`), `microphone=${microphone}`].join(', ');

/** All headers but the policy, which depends on the file. */
export const commonHeaders = {
  // Cross-origin isolation: allows shared memory, and so threads, for the CPU engine.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  // No process is shared with another origin of the same site, and `document.domain` has no effect.
  'Origin-Agent-Cluster': '?1',
  'Permissions-Policy': featurePolicy('(self)'),
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
} as const;

/** Headers that replace the common ones for some files; an empty value removes a header. */
export interface OwnHeaders {
  /** Matches the path of the file's address. */
  readonly path: RegExp;
  readonly headers: Readonly<Record<string, string>>;
}

const policyName = 'Content-Security-Policy';

/**
 * `hosts` are the model hosts besides the app's own; `embedders` are the sites that may show the widget, as in
 * `frame-ancestors`.
 */
export function ownHeaders(
  hosts: readonly string[],
  embedders: readonly string[],
): readonly OwnHeaders[] {
  // For pages and scripts that are part of other sites, isolated ones included.
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
      // Some hosts omit `.html`. There is no opener policy, so that the window that the frame opens can reply.
      path: /\/embed(\.html)?$/,
      headers: {
        ...shared,
        [policyName]: pagePolicy(undefined, embedders.join(' ')),
        'Permissions-Policy': featurePolicy('()'),
      },
    },
    {
      path: previewPath,
      headers: {
        [policyName]: `${previewPolicy}; frame-ancestors 'self'`,
        'Permissions-Policy': featurePolicy('()'),
      },
    },
    {
      path: /\/widget(\.d\.ts|\.js)$/,
      headers: { ...shared, 'Access-Control-Allow-Origin': '*' },
    },
  ];
}

/** The headers of a file of the built app, by the path of its address. */
export function responseHeaders(
  path: string,
  hosts: readonly string[],
  embedders: readonly string[] = anyEmbedder,
): Readonly<Record<string, string>> {
  const own = ownHeaders(hosts, embedders).find((one) => one.path.test(path))?.headers;
  const all = { ...commonHeaders, [policyName]: pagePolicy(), ...own };
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
}
