/** A plain static host that serves a folder under a sub-path and sends no special headers. */
import { createReadStream, existsSync, readdirSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { modelHosts } from '../../src/core/models/model-hosts.ts';
import { responseHeaders } from '../../src/core/response-headers.ts';

export const dist = path.resolve(import.meta.dirname, '../../dist');

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
};

/** The address, relative to the app's, of a worker's script in the build. */
export function builtScript(name: string): string {
  const file = readdirSync(path.join(dist, 'assets')).find((one) => one.startsWith(`${name}-`));
  if (!file) throw new Error(`the build has no ${name}`);
  return `assets/${file}`;
}

export interface StaticHostOptions {
  /** Begins and ends with a slash. */
  readonly path?: string;
  readonly sendsHeaders?: boolean;
  /** Sent with every file, replacing others of the same name. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Which sites may embed the widget, for a host that sends headers. */
  readonly embedders?: readonly string[];
}

export class StaticHost {
  /** The served folder; may change at any time, as when a site is published again. */
  folder = dist;
  /** Changes a file when it is served; null leaves it unchanged. */
  rewrite: ((file: string, body: Buffer) => Buffer) | null = null;
  /** The end of the name of a file whose content begins and never ends. */
  held: string | null = null;
  readonly requests: string[] = [];
  readonly #path: string;
  readonly #options: StaticHostOptions;
  #server: Server | null = null;
  #port = 0;

  constructor(options: StaticHostOptions = {}) {
    this.#path = options.path ?? '/';
    this.#options = options;
  }

  get url(): string {
    return `http://localhost:${this.#port}${this.#path}`;
  }

  /** The first time on any free port, later on the same one. */
  async start(): Promise<this> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', this.url);
      this.requests.push(pathname);
      if (request.method !== 'GET') return void response.writeHead(405).end();
      const name = pathname.startsWith(this.#path) ? pathname.slice(this.#path.length) : null;
      const file = name === null ? null : path.join(this.folder, name || 'index.html');
      if (!file || !existsSync(file) || !statSync(file).isFile()) {
        return void response.writeHead(404, { 'Content-Type': 'text/html' }).end('<h1>404</h1>');
      }
      const { sendsHeaders, embedders, headers: others } = this.#options;
      const headers = {
        'Content-Type': types[path.extname(file)] ?? 'application/octet-stream',
        'Cache-Control': 'max-age=600',
        ...(sendsHeaders ? responseHeaders(pathname, modelHosts, embedders) : {}),
        ...others,
      };
      const { rewrite, held } = this;
      if (held && file.endsWith(held)) {
        return void response.writeHead(200, headers).flushHeaders();
      }
      const bytes: Buffer[] = [];
      const content = createReadStream(file);
      if (!rewrite || !file.endsWith('.js')) {
        response.writeHead(200, { ...headers, 'Content-Length': statSync(file).size });
        return void content.pipe(response);
      }
      content.on('data', (chunk) => bytes.push(Buffer.from(chunk)));
      content.on('end', () => {
        response.writeHead(200, headers).end(rewrite(name ?? '', Buffer.concat(bytes)));
      });
    });
    await new Promise<void>((resolve) => server.listen(this.#port, 'localhost', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** Stops listening; open connections break. */
  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    if (!server) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
}
