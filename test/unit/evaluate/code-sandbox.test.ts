import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CodeSandbox } from '../../../src/bridge/code-sandbox';
import type { RunResult, SandboxFrame } from '../../../src/bridge/sandbox-frame';
import { AppError } from '../../../src/protocol/errors';
import { metaPolicy, sandboxFrameHash } from '../../../src/core/response-headers';

const frameThat = (run: () => Promise<RunResult>) => ({ run }) as unknown as SandboxFrame;
const replying = (reply: RunResult) => frameThat(() => Promise.resolve(reply));
const run = (frame: SandboxFrame) =>
  new CodeSandbox(frame).run('', 'add', [{ args: [], result: 1 }]);

describe('a sandbox for code', () => {
  it.each<[string, SandboxFrame]>([
    ['does not set up', frameThat(() => Promise.reject(new Error('no answer')))],
    ['starts no worker', replying({ type: 'broken', isStarted: false, message: 'SecurityError' })],
    ['does not start in time', replying({ type: 'timed-out', isStarted: false })],
  ])('is at fault, and not the answer, where it %s', async (_, frame) => {
    await expect(run(frame)).rejects.toMatchObject({ code: 'sandbox-failed' });
  });

  it('keeps the code of an error that has one', async () => {
    const missing = new AppError('engine-file-missing');
    await expect(run(frameThat(() => Promise.reject(missing)))).rejects.toBe(missing);
  });

  it.each<RunResult>([
    { type: 'broken', isStarted: true, message: 'out of memory' },
    { type: 'timed-out', isStarted: true },
  ])('leaves it to the answer once it runs: %j', async (reply) => {
    expect(await run(replying(reply))).toMatchObject({ type: reply.type });
  });
});

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
