import { expect, it } from 'vitest';
import {
  allowedEmbedders,
  mayAllEmbed,
  mayEmbed,
  siteName,
} from '../../../src/core/embed/embedders';
import { RateLimit } from '../../../src/embed/host-port';
import { responseHeaders } from '../../../src/core/response-headers';

it('allows any site to embed by default', () => {
  expect(allowedEmbedders('')).toEqual(['*']);
  expect(mayEmbed('https://any.example', allowedEmbedders('  '))).toBe(true);
  const embedders = allowedEmbedders('https://a.example https://*.b.example http://localhost:*');
  for (const origin of [
    'https://a.example',
    'https://x.b.example',
    'https://x.y.b.example',
    'http://localhost:5173',
  ]) {
    expect(mayEmbed(origin, embedders), origin).toBe(true);
  }
  for (const origin of [
    'http://a.example',
    'https://a.example:8443',
    'https://b.example',
    'https://evil-b.example',
    'https://a.example.evil.example',
    'http://localhost.evil.example:80',
  ]) {
    expect(mayEmbed(origin, embedders), origin).toBe(false);
  }
});

it('refuses an opaque origin, and one that is not on the web', () => {
  for (const origin of ['null', '', 'file://', 'https://a.example/', 'javascript:', 'data:,']) {
    expect(mayEmbed(origin, ['*']), origin).toBe(false);
  }
});

it('checks every page around, and uses a message’s origin if Firefox hides an ancestor', () => {
  const [site, evil] = ['https://a.example', 'https://evil.example'];
  for (const [origin, ancestors, expected] of [
    [site, [], true], // a browser that reports nothing
    [site, [site], true],
    [site, ['null'], true],
    [site, ['null', 'null', site], true],
    [evil, ['null'], false],
    [site, [site, evil], false],
    [site, ['null', evil], false],
    [site, ['null', 'null', evil], false],
    [site, [site, 'null'], false], // nothing hides it, so its origin is opaque
    ['null', ['null'], false],
  ] as const) {
    expect(mayAllEmbed(origin, ancestors, [site]), `${origin} in ${ancestors.join()}`).toBe(
      expected,
    );
  }
});

it('sends the same list as a policy, for the widget’s page alone', () => {
  const policyOf = (path: string) =>
    responseHeaders(path, [], ['https://a.example'])['Content-Security-Policy'];
  expect(policyOf('/embed.html')).toContain('frame-ancestors https://a.example');
  expect(policyOf('/sub/embed')).toContain('frame-ancestors https://a.example');
  expect(policyOf('/index.html')).toContain("frame-ancestors 'none'");
  expect(policyOf('/not-embed.html')).toContain("frame-ancestors 'none'");
});

it('gives a readable name of a site, and shows if it is not secure', () => {
  expect(siteName('https://a.example:8443')).toBe('a.example:8443');
  expect(siteName('http://a.example')).toBe('http://a.example');
});

it('accepts a burst of messages, and then a number each second', () => {
  const limit = new RateLimit({ burst: 10, perSecond: 5 });
  const passed = (count: number, atMs: number) =>
    Array.from({ length: count }, () => limit.take(atMs)).filter(Boolean).length;
  expect(passed(10_000, 1000)).toBe(10);
  expect(passed(10_000, 2000)).toBe(5);
  expect(passed(10_000, 2100)).toBe(0);
  expect(passed(10_000, 60_000)).toBe(10);
});
