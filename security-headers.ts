/** The response headers that Corral needs, for every server that this repository starts. */
import type { Connect, Plugin } from 'vite';

function pagePolicy(hosts: readonly string[], extraScript: string, extraConnect: string): string {
  const modelHosts = hosts.map((host) => `https://${host}`).join(' ');
  return [
    "default-src 'self'",
    // WebAssembly needs its own word; nothing here may evaluate text.
    `script-src 'self' 'wasm-unsafe-eval'${extraScript}`,
    "worker-src 'self' blob:",
    `connect-src 'self' ${modelHosts}${extraConnect}`,
    `style-src 'self'${extraScript}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/**
 * The engine workers open no connection and load no further script: what is typed cannot leave them. A
 * worker's policy comes with its script; the one that wllama makes from a blob inherits it.
 */
const enginePolicy = [
  "default-src 'none'",
  "connect-src 'none'",
  "script-src 'wasm-unsafe-eval'",
  'worker-src blob:',
].join('; ');
const engineScript = /\/engine-\w+\.worker-[\w-]+\.js$/;

/** The typesetting worker reads what models wrote: it loads its own chunks, and has nobody to talk to. */
const typesetPolicy = ["default-src 'none'", "script-src 'self'"].join('; ');
const typesetScript = /\/typeset\.worker-[\w-]+\.js$/;

const headers = {
  // Cross-origin isolation: shared memory, and so threads, for the CPU engine.
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

function withPolicy(policyOf: (path: string) => string): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = request.url?.split('?')[0] ?? '/';
    response.setHeader('Content-Security-Policy', policyOf(path));
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    next();
  };
}

/** `hosts` are those that models may be fetched from, besides the app's own. */
export function securityHeaders(hosts: readonly string[]): Plugin {
  return {
    name: 'corral-security-headers',
    configureServer(server) {
      // Vite's hot reload needs inline scripts and a socket, and workers that import: no seal here.
      server.middlewares.use(withPolicy(() => pagePolicy(hosts, " 'unsafe-inline'", ' ws:')));
    },
    configurePreviewServer(server) {
      const built = pagePolicy(hosts, '', '');
      server.middlewares.use(
        withPolicy((path) => {
          if (engineScript.test(path)) return enginePolicy;
          return typesetScript.test(path) ? typesetPolicy : built;
        }),
      );
    },
  };
}
