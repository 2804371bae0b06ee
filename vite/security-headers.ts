/**
 * Sends the headers of `src/core/response-headers.ts`, and puts the policy into the page, in case the host does not
 * send it.
 */
import type { Connect, Plugin } from 'vite';
import {
  commonHeaders,
  metaPolicy,
  pagePolicy,
  previewPath,
  responseHeaders,
  sourcesOf,
} from '../src/core/response-headers.ts';

function withHeaders(
  headersOf: (path: string) => Readonly<Record<string, string>>,
): Connect.NextHandleFunction {
  return (request, response, next) => {
    const path = request.url?.split('?')[0] ?? '/';
    for (const [name, value] of Object.entries(headersOf(path))) response.setHeader(name, value);
    next();
  };
}

/** `hosts` are the model hosts; `embedders` are the sites that may show the widget. */
export function securityHeaders(hosts: readonly string[], embedders: readonly string[]): Plugin {
  return {
    name: 'corral-security-headers',
    configureServer(server) {
      // Vite's hot reload needs inline scripts and a socket, and its workers import modules, so engines are not
      // sealed.
      const connect = ['', 'ws:', ...sourcesOf(hosts)].join(' ');
      const policy = pagePolicy({ script: " 'unsafe-inline'", connect });
      const headers = { ...commonHeaders, 'Content-Security-Policy': policy };
      server.middlewares.use(
        withHeaders((path) =>
          previewPath.test(path) ? responseHeaders(path, hosts, embedders) : headers,
        ),
      );
    },
    configurePreviewServer(server) {
      server.middlewares.use(withHeaders((path) => responseHeaders(path, hosts, embedders)));
    },
    transformIndexHtml(_html, { server }) {
      if (server) return [];
      // For the very first visit to a host without headers; later visits get them from the service worker.
      const attrs = {
        'http-equiv': 'Content-Security-Policy',
        content: metaPolicy().join('; '),
      };
      return [{ tag: 'meta', attrs, injectTo: 'head-prepend' }];
    },
  };
}
