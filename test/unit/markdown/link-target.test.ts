import { describe, expect, it } from 'vitest';
import { linkTarget } from '../../../src/core/markdown/link-target.ts';

describe('the target of a link', () => {
  it('is a page or a mail address', () => {
    expect(linkTarget('https://example.org/a?b#c')).toEqual({
      url: 'https://example.org/a?b#c',
      destination: 'example.org',
    });
    expect(linkTarget('HTTP://Example.org:8080')?.destination).toBe('example.org:8080');
    expect(linkTarget('mailto:me@example.org')).toEqual({
      url: 'mailto:me@example.org',
      destination: 'me@example.org',
    });
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    ' javascript:alert(1)',
    'java\nscript:alert(1)',
    '\u0001javascript:alert(1)',
    'vbscript:x',
    'data:text/html,x',
    'blob:https://example.org/x',
    'file:///etc/passwd',
    'ftp://example.org',
    'chrome://settings',
    '/relative',
    '//example.org',
    'example.org',
    'https://',
    '',
    `https://example.org/${'a'.repeat(3000)}`,
  ])('is never %j', (address) => expect(linkTarget(address)).toBeNull());

  it('shows who it really leads to', () => {
    expect(linkTarget('https://bank.example@evil.example/')?.destination).toBe('evil.example');
    expect(linkTarget('https://аpple.com/')?.destination).toBe('xn--pple-43d.com');
    expect(linkTarget('https://example.org/\u202egnp.exe')?.url).toBe(
      'https://example.org/%E2%80%AEgnp.exe',
    );
    expect(linkTarget('mailto:a@b.c\u202e')?.destination).not.toContain('\u202e');
  });
});
