import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { compileWasm } from '../../src/bridge/fetch-wasm';

const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
/** The smallest module, and one with a section that no browser knows. */
const [empty, unknown] = [Uint8Array.from(head), Uint8Array.from([...head, 99, 1, 0])];
const url = 'https://corral.test/assets/wllama-x.wasm';

describe('compiles WebAssembly of the app’s own origin', () => {
  const asked = vi.fn<() => Response>();
  beforeEach(() => {
    vi.stubGlobal('fetch', () => Promise.resolve(asked()));
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    asked.mockReset();
  });
  const answers = (body: BodyInit, type: string, status = 200) =>
    asked.mockImplementation(
      () => new Response(body, { status, headers: { 'Content-Type': type } }),
    );

  it('from the response itself, asked for once', async () => {
    answers(empty, 'application/wasm');
    expect(await compileWasm(url)).toBeInstanceOf(WebAssembly.Module);
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('from a host that does not know the type of such files', async () => {
    answers(empty, 'application/octet-stream');
    expect(await compileWasm(url)).toBeInstanceOf(WebAssembly.Module);
  });

  it('but no page in its place, nor an error', async () => {
    answers('<!doctype html>', 'text/html');
    await expect(compileWasm(url)).rejects.toMatchObject({ code: 'engine-file-missing' });
    answers('<!doctype html>', 'application/wasm');
    await expect(compileWasm(url)).rejects.toMatchObject({ code: 'engine-file-missing' });
    answers('not found', 'text/plain', 404);
    await expect(compileWasm(url)).rejects.toMatchObject({
      code: 'engine-file-missing',
      data: { file: 'wllama-x.wasm', status: 404 },
    });
  });

  it('reports it if this browser cannot compile it', async () => {
    answers(unknown, 'application/wasm');
    await expect(compileWasm(url)).rejects.toMatchObject({ code: 'browser-unsupported' });
  });
});
