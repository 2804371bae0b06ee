import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checked } from '../../workers/offline/checked';

const url = 'https://corral.test/app/assets/index-DQmnBeXf.js';
const integrityOf = (text: string) =>
  `sha256-${createHash('sha256').update(text).digest('base64')}`;

describe('a kept file', () => {
  it('is given as it is', async () => {
    const file = await checked(new Response('1;'), url, integrityOf('1;'));
    expect(await file?.text()).toBe('1;');
    expect(file?.headers.get('Content-Type')).toBe('text/javascript');
  });

  it('is not taken if a byte differs, whatever it says of itself', async () => {
    for (const text of ['steal();1;', '1; ', '', '2;']) {
      expect(await checked(new Response(text), url, integrityOf('1;'))).toBe(null);
    }
    expect(await checked(Response.error(), url, integrityOf('1;'))).toBe(null);
    expect(await checked(new Response('1;'), url, '')).toBe(null);
  });

  it('brings no header with it: one could lead elsewhere as well', async () => {
    const headers = {
      Refresh: '0; url=https://evil.example/',
      'Content-Type': 'text/html',
      Link: '<https://typed-text.evil.example>; rel=preconnect',
    };
    const file = await checked(new Response('1;', { headers }), url, integrityOf('1;'));
    expect([...(file?.headers ?? [])]).toEqual([['content-type', 'text/javascript']]);
  });

  it.each([
    ['https://corral.test/app/', 'text/html; charset=utf-8'],
    ['https://corral.test/manifest.webmanifest?__WB_REVISION__=1', 'application/manifest+json'],
    ['https://corral.test/assets/wllama-x.wasm', 'application/wasm'],
    ['https://corral.test/unknown', 'application/octet-stream'],
  ])('has the type of its name: %s', async (address, type) => {
    const file = await checked(new Response('x'), address, integrityOf('x'));
    expect(file?.headers.get('Content-Type')).toBe(type);
  });
});
