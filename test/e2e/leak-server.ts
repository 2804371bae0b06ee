/** Another origin that accepts every request and records it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface LeakServer {
  readonly url: string;
  /** The requested paths. */
  readonly leaked: readonly string[];
  close(): void;
}

export async function startLeakServer(): Promise<LeakServer> {
  const leaked: string[] = [];
  const server = createServer((request, response) => {
    leaked.push(request.url ?? '');
    response.writeHead(200, { 'Access-Control-Allow-Origin': '*' }).end('');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: `http://localhost:${port}`, leaked, close: () => server.close() };
}
