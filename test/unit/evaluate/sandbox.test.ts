import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { metaPolicy, sandboxFrameHash } from '../../../src/core/response-headers';

describe('the sandbox’s frame', () => {
  it('has the script whose hash the page’s policy allows', () => {
    const script = readFileSync(new URL('../../../workers/sandbox/frame.js', import.meta.url));
    const hash = createHash('sha256').update(script).digest('base64');
    expect(sandboxFrameHash).toBe(`sha256-${hash}`);
    expect(metaPolicy().join()).toContain(`'${sandboxFrameHash}'`);
  });

  it('is the only reason for a hash: nothing on the page may evaluate text', () => {
    const policy = metaPolicy().join('; ');
    expect(policy.match(/sha256-/g)).toHaveLength(1);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'/);
  });
});
