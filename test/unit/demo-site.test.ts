// The demo site of `npm start`: no request ends the program.
import { request } from 'node:http';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serveDemoSite } from '../../scripts/demo-site.mjs';

let site: Awaited<ReturnType<typeof serveDemoSite>>;
beforeAll(async () => void (site = await serveDemoSite({ corralUrl: 'http://app/', port: 0 })));
afterAll(() => site.close());

/** The status for an exact path, which `fetch` would normalise. */
function statusOf(path: string, host?: string): Promise<number | undefined> {
  const { hostname, port } = new URL(site.url);
  const headers = host === undefined ? {} : { host };
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, path, headers }, (response) => {
      response.resume();
      resolve(response.statusCode);
    });
    asked.on('error', reject).end();
  });
}

it('answers any path', async () => {
  for (const path of ['//', '///x', '/\\', '/%', '/../demo.js', '/constructor', '/__proto__']) {
    expect(await statusOf(path), path).toBe(404);
  }
  expect(await statusOf('/?a=//')).toBe(200);
});

it('answers to the names of this machine only', async () => {
  expect(await statusOf('/', 'rebound.example')).toBe(421);
  expect(await statusOf('/', 'rebound.example:4174')).toBe(421);
  expect(await statusOf('/', `localhost:${new URL(site.url).port}`)).toBe(200);
});
