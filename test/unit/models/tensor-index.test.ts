import { describe, expect, it } from 'vitest';
import { readTensorIndex, readTokenizerFiles } from '../../../src/core/models/tensor-index';

const shard = (change: object = {}) => ({
  dataPath: 'params_shard_0.bin',
  nbytes: 10,
  md5sum: 'D41D8CD98F00B204E9800998ECF8427E',
  records: [],
  ...change,
});

describe('readTensorIndex', () => {
  it('gives names, sizes and hashes', () => {
    const index = { records: [shard(), shard({ dataPath: 'params_shard_1.bin', md5sum: null })] };
    expect(readTensorIndex(index)).toEqual([
      { name: 'params_shard_0.bin', sizeBytes: 10, md5: 'd41d8cd98f00b204e9800998ecf8427e' },
      { name: 'params_shard_1.bin', sizeBytes: 10, md5: null },
    ]);
  });

  it.each([
    ['nothing', null],
    ['a page', '<!doctype html>'],
    ['no shards', { records: [] }],
    ['a way up', { records: [shard({ dataPath: '../secrets' })] }],
    ['another host', { records: [shard({ dataPath: '//evil.example/x' })] }],
    ['a query', { records: [shard({ dataPath: 'x?y' })] }],
    ['a size below one', { records: [shard({ nbytes: 0 })] }],
    ['a size that is no number', { records: [shard({ nbytes: '10' })] }],
    ['a shard twice', { records: [shard(), shard()] }],
  ])('refuses %s', (_, index) => {
    expect(() => readTensorIndex(index)).toThrowError(
      expect.objectContaining({ code: 'model-not-a-model' }) as Error,
    );
  });
});

describe('readTokenizerFiles', () => {
  it('names the file that WebLLM will ask for', () => {
    const files = ['tokenizer.model', 'tokenizer.json', 'tokenizer_config.json'];
    expect(readTokenizerFiles({ tokenizer_files: files })).toEqual(['tokenizer.json']);
    expect(readTokenizerFiles({ tokenizer_files: ['tokenizer.model'] })).toEqual([
      'tokenizer.model',
    ]);
  });

  it('refuses a configuration without one', () => {
    expect(() => readTokenizerFiles({})).toThrowError(
      expect.objectContaining({ code: 'model-not-a-model' }) as Error,
    );
  });
});
