/** A server in front of the app that can misbehave: real sockets, real headers, real bytes. */
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** Answers a request in place of the app, or returns false to pass it on. */
export type Fault = (request: IncomingMessage, response: ServerResponse) => boolean;

export interface FaultProxy {
  readonly url: string;
  /** Applies until the next one; null for none. */
  fault: Fault | null;
  /** Changes the app server's responses under a path; their headers stay. */
  rewrite: ((path: string, body: string) => string) | null;
  /** Response headers to remove. */
  readonly withoutHeaders: Set<string>;
  readonly requests: { readonly path: string; readonly range: string | undefined }[];
  close(): Promise<void>;
}

export async function startFaultProxy(appUrl: string): Promise<FaultProxy> {
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    proxy.requests.push({ path, range: request.headers.range });
    if (proxy.fault?.(request, response)) return;
    // A response to be rewritten must come uncompressed.
    const sent = {
      ...request.headers,
      ...(proxy.rewrite ? { 'accept-encoding': 'identity' } : {}),
    };
    const upstream = httpRequest(new URL(path, appUrl), { headers: sent }, (answer) => {
      const headers = Object.entries(answer.headers).filter(
        ([name]) => !proxy.withoutHeaders.has(name),
      );
      const { rewrite } = proxy;
      if (rewrite && /\.js$/.test(path)) {
        void text(answer).then((body) => {
          const plain = headers.filter(([name]) => !/^content-(length|encoding)|etag/.test(name));
          response.writeHead(answer.statusCode ?? 502, Object.fromEntries(plain));
          response.end(rewrite(path, body));
        });
        return;
      }
      response.writeHead(answer.statusCode ?? 502, Object.fromEntries(headers));
      answer.pipe(response);
    });
    upstream.on('error', () => response.destroy());
    response.on('close', () => upstream.destroy());
    upstream.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const proxy: FaultProxy = {
    url: `http://localhost:${(server.address() as AddressInfo).port}/`,
    fault: null,
    rewrite: null,
    withoutHeaders: new Set(),
    requests: [],
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return proxy;
}

/** Applies to files whose path ends with this; all other requests are passed on. */
export function onFile(ending: string, answer: (response: ServerResponse) => void): Fault {
  return (request, response) => {
    if (!request.url?.split('?')[0]?.endsWith(ending)) return false;
    answer(response);
    return true;
  };
}

/**
 * Sends the beginning of a file of `sizeBytes`, and then stalls. `release` breaks this connection and those that follow.
 * Once a page shows so many bytes it has read them; a browser drops what it has received and not handed over.
 */
export function heldFile(
  ending: string,
  sizeBytes: number,
  beginning: Buffer | Promise<Buffer>,
): { fault: Fault; release: () => void } {
  let isReleased = false;
  let held: ServerResponse | null = null;
  const fault = onFile(ending, (response) => {
    if (isReleased) return void response.destroy();
    held = response;
    response.writeHead(200, { 'Content-Length': sizeBytes });
    void Promise.resolve(beginning).then((content) => response.write(content));
  });
  const release = () => {
    isReleased = true;
    held?.destroy();
  };
  return { fault, release };
}
