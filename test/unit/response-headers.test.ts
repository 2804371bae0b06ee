import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { previewPolicy, responseHeaders } from '../../src/core/response-headers';

const hosts = ['models.example', '*.cdn.example'];
const policyOf = (path: string) =>
  Object.fromEntries(
    (responseHeaders(path, hosts)['Content-Security-Policy'] ?? '')
      .split('; ')
      .map((directive) => [directive.split(' ')[0], directive.split(' ').slice(1).join(' ')]),
  );

describe('allowed connections', () => {
  it('is the app’s own origin for the page, the frame and the service worker', () => {
    for (const path of ['/', '/a/index.html', '/embed.html', '/service-worker.js']) {
      expect(policyOf(path)['connect-src'], path).toBe("'self'");
    }
    expect(policyOf('/service-worker.js')['default-src']).toBe("'none'");
  });

  it('is a model’s host for the fetching worker alone', () => {
    expect(policyOf('/assets/fetch.worker-Cmo2DpFU.js')).toEqual({
      'default-src': "'none'",
      'connect-src': "'self' https://models.example https://*.cdn.example",
    });
    for (const path of ['/', '/embed.html', '/assets/index-COrCsINX.js', '/fetch.worker.js']) {
      expect(policyOf(path)['connect-src'], path).toBe("'self'");
    }
  });

  it.each([
    ['engine-wllama', { 'script-src': "'wasm-unsafe-eval'", 'worker-src': 'blob:' }],
    ['engine-webllm', { 'script-src': "'wasm-unsafe-eval'", 'worker-src': "'none'" }],
    ['download', { 'script-src': "'wasm-unsafe-eval'", 'worker-src': "'none'" }],
    ['history', {}],
    ['typeset', {}],
    ['documents', {}],
    ['pattern', {}],
    ['one-that-is-still-to-be-written', {}],
  ])('is nobody for any other worker: %s', (name, further) => {
    const expected = { 'default-src': "'none'", ...further };
    expect(policyOf(`/some/path/assets/${name}.worker-C1ke_w-Y.js`)).toEqual(expected);
  });
});

describe('a preview of an answer’s code', () => {
  it('has a policy without any connection, in its file and in its header', () => {
    expect(readFileSync('public/preview.html', 'utf8')).toContain(`content="${previewPolicy}"`);
    expect(responseHeaders('/a/preview', hosts)['Content-Security-Policy']).toBe(
      `${previewPolicy}; frame-ancestors 'self'`,
    );
    expect(previewPolicy).not.toMatch(/https?:|'self'|\*|blob:/);
  });
});

describe('the microphone', () => {
  it('is for the app itself, and for no frame', () => {
    const featuresOf = (path: string) => responseHeaders(path, hosts)['Permissions-Policy'];
    expect(featuresOf('/')).toContain('microphone=(self)');
    for (const path of ['/embed.html', '/a/embed', '/preview.html']) {
      expect(featuresOf(path), path).toContain('microphone=()');
    }
    expect(featuresOf('/')).toContain('camera=()');
  });
});
