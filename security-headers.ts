/** The response headers that Corral needs, for every server that this repository starts. */
import type { Plugin } from 'vite';

/** Where Llama 2's weights and libraries are published; asked only when a visitor chooses them. */
const modelHosts = [
  'https://huggingface.co',
  'https://*.hf.co',
  'https://raw.githubusercontent.com',
];

function contentSecurityPolicy(extraScript: string, extraConnect: string): string {
  return [
    "default-src 'self'",
    // WebAssembly needs its own word; nothing here may evaluate text.
    `script-src 'self' 'wasm-unsafe-eval'${extraScript}`,
    // wllama makes its worker from a blob, which inherits this policy.
    "worker-src 'self' blob:",
    `connect-src 'self' blob: ${modelHosts.join(' ')}${extraConnect}`,
    `style-src 'self'${extraScript}`,
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

function headers(isDevelopment: boolean): Record<string, string> {
  return {
    // Cross-origin isolation: shared memory, and so threads, for the CPU engine.
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Content-Security-Policy': isDevelopment
      ? contentSecurityPolicy(" 'unsafe-inline'", ' ws:') // Vite's hot reload needs both
      : contentSecurityPolicy('', ''),
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}

export function securityHeaders(): Plugin {
  return {
    name: 'corral-security-headers',
    configureServer(server) {
      server.config.server.headers = headers(true);
    },
    configurePreviewServer(server) {
      server.config.preview.headers = headers(false);
    },
  };
}
