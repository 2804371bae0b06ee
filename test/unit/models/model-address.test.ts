import { describe, expect, it } from 'vitest';
import { readAddresses } from '../../../src/core/models/model-address';

const base = 'https://app.example/corral/';
const hosts = ['huggingface.co', '*.hf.co'];
const read = (model: string, library = '') => readAddresses({ model, library }, base, hosts);
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('readAddresses', () => {
  it('reads the address of a GGUF, or of the page that shows it', () => {
    const file = 'https://huggingface.co/some/one/resolve/main/One%20B.gguf';
    const expected = { name: 'One B', origin: { kind: 'gguf', name: 'One B.gguf', file } };
    expect(read(file)).toEqual(expected);
    expect(read(file.replace('resolve', 'blob'))).toEqual(expected);
  });

  it('reads a repository as its folder', () => {
    const library = 'https://huggingface.co/some/lib.wasm';
    expect(read('https://huggingface.co/some/model', library)).toEqual({
      name: 'model',
      origin: { kind: 'mlc', folder: 'https://huggingface.co/some/model/resolve/main/', library },
    });
  });

  it('accepts the app’s own files, and a host with any name before a known ending', () => {
    expect(read('models/x.gguf').origin).toMatchObject({ file: `${base}models/x.gguf` });
    expect(read('https://cdn.hf.co/x.gguf').origin.kind).toBe('gguf');
  });

  it.each([
    [''],
    ['https://'],
    ['javascript:alert(1)//x.gguf'],
    ['http://huggingface.co/x.gguf'],
    ['https://user@huggingface.co/x.gguf'],
  ])('refuses %j', (model) => {
    expect(() => read(model)).toThrow(code('model-address'));
  });

  it('asks for the library of a folder', () => {
    expect(() => read('https://huggingface.co/some/model')).toThrow(code('library-missing'));
  });

  it.each(['https://evil.example/x.gguf', 'https://evilhf.co/x.gguf', 'https://hf.co/x.gguf'])(
    'asks no host that the page may not ask: %s',
    (model) => {
      expect(() => read(model)).toThrow(code('host-not-allowed'));
    },
  );

  it('refuses a part of a model by its name', () => {
    const address = 'https://huggingface.co/a/b/resolve/main/m-00001-of-00003.gguf';
    const data = { file: 'm-00001-of-00003.gguf', parts: 3 };
    expect(() => read(address)).toThrow(expect.objectContaining({ code: 'model-in-parts', data }));
  });

  it('keeps a stray percent sign', () => {
    expect(read('https://huggingface.co/a/100%.gguf').name).toBe('100%');
  });
});
