import { describe, expect, it } from 'vitest';
import { findModelAmong } from '../../../src/core/models/picked-files';

const files = (...names: string[]) =>
  names.map((name) => Object.assign(new File([], name), { webkitRelativePath: '' }));
const code = (expected: string) => expect.objectContaining({ code: expected });

describe('findModelAmong', () => {
  it('finds a GGUF', () => {
    expect(findModelAmong(files('A.GGUF'))).toMatchObject({
      name: 'A',
      origin: { kind: 'gguf', name: 'A.GGUF' },
    });
  });

  it('finds an MLC folder by its configuration, with the library in it', () => {
    const found = findModelAmong(files('mlc-chat-config.json', 'a.wasm', 'params_shard_0.bin'));
    expect(found).toMatchObject({
      name: 'a',
      origin: { kind: 'mlc', library: { name: 'a.wasm' } },
    });
  });

  it.each([
    [['m-00001-of-00002.gguf']],
    [['m-00002-of-00002.gguf', 'm-00001-of-00002.gguf']],
    [['M-00001-of-00002.GGUF', 'readme.md']],
  ])('refuses the parts of a model by their name: %j', (names) => {
    const parts = { code: 'model-in-parts', data: { file: names[0], parts: 2 } };
    expect(() => findModelAmong(files(...names))).toThrow(expect.objectContaining(parts));
  });

  it('names what is missing', () => {
    expect(() => findModelAmong(files('mlc-chat-config.json'))).toThrow(code('library-missing'));
    expect(() => findModelAmong(files('photo.jpg'))).toThrow(code('files-not-a-model'));
    expect(() => findModelAmong(files('a.gguf', 'b.gguf'))).toThrow(code('files-not-a-model'));
  });
});
