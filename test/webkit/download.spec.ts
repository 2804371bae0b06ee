// A download that breaks off: an error with a code, and the next attempt continues from there.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { heldFile, startFaultProxy } from '../e2e/fault-proxy.ts';
import { dist } from '../e2e/static-host.ts';
import { App } from './app.ts';
import { answerTimeoutMs, expect, shows, test } from './test.ts';

const modelFile = path.join(dist, 'models', 'SmolLM2-135M-Instruct.Q4_1.gguf');

test('a download that breaks off fails with a code, and resumes', async ({ tab, host }) => {
  const proxy = await startFaultProxy(host.url);
  const model = await readFile(modelFile);
  const { fault, release } = heldFile('.gguf', model.length, model.subarray(0, 20_000_000));
  proxy.fault = fault;
  // In a separate tab, so that the app's tab stays open with its model.
  const other = await tab.newPage();
  try {
    const app = await new App(other).open(proxy.url);
    await app.type('What is the capital of France?');
    await shows(app.progress, /20 of 98 MB/);
    release();
    const answer = app.current();
    await answer.failsWith('download-failed');
    proxy.fault = null;
    await answer.button('Try again').click();
    await shows(app.current().text, 'Paris', { timeout: answerTimeoutMs });
    const ranges = proxy.requests.filter((one) => one.path.endsWith('.gguf'));
    expect(ranges.at(-1)?.range).toBe('bytes=16777216-'); // two whole chunks were kept
  } finally {
    await other.close();
    await proxy.close();
  }
});
