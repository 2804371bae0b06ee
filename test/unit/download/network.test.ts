import { afterEach, describe, expect, it, vi } from 'vitest';
import { networkOf } from '../../../workers/download/network';
import { isAt, serveFetches } from '../../../workers/fetch/serve';

const folder = 'https://models.example/some/model/';
const file = 'https://models.example/one.gguf';
const { signal } = new AbortController();

/** Both workers' ends, with a function in place of the server. */
function connected(serve: (url: string, init: RequestInit) => Promise<Response>) {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (url: string, init: RequestInit) => {
    asked.push(url);
    return serve(url, init);
  });
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  serveFetches(port1, { files: [file], folder });
  return { ask: networkOf(port2), asked };
}
const ports: MessagePort[] = [];
afterEach(() => {
  for (const port of ports.splice(0)) port.close();
  vi.unstubAllGlobals();
});

/** An endless stream that counts the parts that were taken. */
function endless() {
  const taken = { parts: 0, isCancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      taken.parts += 1;
      controller.enqueue(new Uint8Array(1000));
    },
    cancel: () => void (taken.isCancelled = true),
  });
  return { taken, body };
}

describe('the allowed target', () => {
  it.each([
    [file, true],
    [`${folder}params_shard_0.bin`, true],
    [folder, false],
    [`${folder}../other/x.bin`, false],
    [`${folder}a/b.bin`, false],
    [`${folder}x?typed=text`, false],
    [`${folder}x#y`, false],
    [`${folder}..`, false],
    [`${folder}%2e%2e`, false],
    [`${folder}${'typed'.repeat(40)}`, false],
    [`${file}?typed=text`, false],
    ['https://models.example/', false],
    ['https://elsewhere.example/one.gguf', false],
  ])('%s: %s', (url, expected) => {
    expect(isAt({ files: [file], folder }, url)).toBe(expected);
  });

  it('has no folder for a single file', () => {
    expect(isAt({ files: [file], folder: null }, `${folder}x.bin`)).toBe(false);
  });
});

describe('a request over the port', () => {
  it('brings the answer: status, headers, content, and asks without a name or a referrer', async () => {
    let sent: RequestInit = {};
    const { ask } = connected(async (_, init) => {
      sent = init;
      const headers = { ETag: '"1"', 'Content-Range': 'bytes 2-4/5', 'Set-Cookie': 'a=b' };
      return new Response('llo', { status: 206, headers });
    });
    const response = await ask(file, { signal, range: 'bytes=2-' });
    expect(response.status).toBe(206);
    expect(response.headers.get('ETag')).toBe('"1"');
    expect(response.headers.get('Set-Cookie')).toBe(null);
    expect(await response.text()).toBe('llo');
    expect(sent).toMatchObject({
      headers: { Range: 'bytes=2-' },
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      cache: 'no-store',
    });
  });

  it('is refused elsewhere, without a fetch', async () => {
    const { ask, asked } = connected(async () => new Response(''));
    const elsewhere = ask('https://evil.example/?typed=text', { signal });
    await expect(elsewhere).rejects.toThrow(TypeError);
    expect(asked).toEqual([]);
  });

  it('fails like fetch if no server answers, and in the body if it breaks off', async () => {
    const { ask } = connected(async (url) => {
      if (url === file) throw new TypeError('Failed to fetch');
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(new Uint8Array(3)),
        pull: (controller) => controller.error(new TypeError('broken')),
      });
      return new Response(body);
    });
    await expect(ask(file, { signal })).rejects.toThrow(TypeError);
    const response = await ask(`${folder}x.bin`, { signal });
    await expect(response.arrayBuffer()).rejects.toThrow(TypeError);
  });

  it('limits how far it reads ahead, and ends with its reader', async () => {
    const { taken, body } = endless();
    const { ask } = connected(async () => new Response(body));
    const reader = (await ask(file, { signal })).body!.getReader();
    for (let count = 0; count < 50; count += 1) await reader.read();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(taken.parts).toBeGreaterThanOrEqual(50);
    expect(taken.parts).toBeLessThan(50 + 20);
    await reader.cancel();
    await expect.poll(() => taken.isCancelled || taken.parts).toBeTruthy();
  });

  it('ends with its signal, before the answer and within it', async () => {
    const { ask } = connected((url) =>
      url === file ? new Promise(() => {}) : Promise.resolve(new Response(endless().body)),
    );
    const reason = new Error('enough');
    const before = new AbortController();
    const asking = ask(file, { signal: before.signal });
    before.abort(reason);
    await expect(asking).rejects.toBe(reason);
    const within = new AbortController();
    const response = await ask(`${folder}x.bin`, { signal: within.signal });
    const reader = response.body!.getReader();
    await reader.read();
    within.abort(reason);
    const rest = (async () => {
      for (;;) await reader.read();
    })();
    await expect(rest).rejects.toBe(reason);
  });
});
