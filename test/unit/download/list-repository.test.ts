import { afterEach, describe, expect, it, vi } from 'vitest';
import { listRepository } from '../../../workers/download/list-repository';
import type { Ask } from '../../../workers/download/network';

const url = 'https://huggingface.co/api/models/some/one/revision/main?blobs=true';
const commit = '0123456789abcdef0123456789abcdef01234567';
const list = (ask: Ask) =>
  listRepository(
    { url, repository: 'some/one' },
    { ask, signal: AbortSignal.timeout(10_000), onFetched: () => {} },
  );
const answers =
  (status: number, body: string): Ask =>
  async () =>
    new Response(body, { status });

afterEach(() => vi.unstubAllGlobals());

describe('a repository of a hub', () => {
  it('is read from the hub’s answer', async () => {
    const asked: string[] = [];
    const files = await list(async (address) => {
      asked.push(address);
      const siblings = [{ rfilename: 'one.gguf', size: 9 }];
      return Response.json({ sha: commit, gated: false, siblings });
    });
    expect(asked).toEqual([url]);
    expect(files).toEqual({ commit, files: [{ path: 'one.gguf', sizeBytes: 9, sha256: null }] });
  });

  it.each([
    ['repository-missing', 401, '{"error":"Invalid username or password."}'],
    ['repository-missing', 404, '{"error":"Repository not found"}'],
    ['repository-gated', 403, '{}'],
    ['repository-gated', 200, JSON.stringify({ sha: commit, gated: 'auto', siblings: [] })],
    ['repository-unreadable', 200, '<!doctype html><title>Sign in</title>'],
    ['repository-unreadable', 200, '{"sha":'],
    ['repository-unreadable', 200, 'null'],
    ['download-failed', 418, ''],
  ])('fails with %s where the hub answers %i: %s', async (code, status, body) => {
    vi.stubGlobal('navigator', { onLine: true });
    const data = code.startsWith('repository') ? expect.anything() : { status };
    await expect(list(answers(status, body))).rejects.toMatchObject({ code, data: data as object });
  });

  it('reports that the visitor is offline if no hub could answer', async () => {
    vi.stubGlobal('navigator', { onLine: false });
    const broken: Ask = () => Promise.reject(new TypeError('the connection failed'));
    await expect(list(broken)).rejects.toMatchObject({ code: 'offline' });
  });

  it('is refused if the answer never ends', async () => {
    vi.stubGlobal('navigator', { onLine: true });
    const part = new Uint8Array(8 * 1024 * 1024).fill(0x20);
    const endless: Ask = async () =>
      new Response(new ReadableStream({ pull: (controller) => controller.enqueue(part.slice()) }));
    await expect(list(endless)).rejects.toMatchObject({ code: 'repository-unreadable' });
  });
});
