// Cria's committed files are complete, small, and match the catalogue and the tokenizer.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { cria } from '../../src/core/models/cria';

const read = (name: string) => readFileSync(new URL(`../fixtures/cria/${name}`, import.meta.url));
const readJson = <T>(name: string) => JSON.parse(read(name).toString()) as T;

const { files } = readJson<{ files: { name: string; bytes: number; sha256: string }[] }>(
  'manifest.json',
);

describe('Cria’s files', () => {
  it.each(files)('$name is what the manifest says', ({ name, bytes, sha256 }) => {
    const content = read(name);
    expect(content.length).toBe(bytes);
    expect(createHash('sha256').update(content).digest('hex')).toBe(sha256);
  });

  it('are under 12 MB together, and as large as the catalogue says', () => {
    const total = files.reduce((sum, { bytes }) => sum + bytes, 0);
    const others = ['cria-q4f16_1.wasm.br', 'logits.json'].map((name) =>
      read(`../cria-libraries/${name}`),
    );
    const all = others.reduce((sum, { length }) => sum + length, total);
    expect(all).toBeLessThan(12_000_000);
    expect(Math.abs(total - cria.downloadBytes)).toBeLessThan(50_000);
  });

  it('have the context that the catalogue says', () => {
    const config = readJson<{ context_window_size: number }>('mlc-chat-config.json');
    expect(config.context_window_size).toBe(cria.contextTokens);
  });

  it('list every tensor once, end to end, with the shards’ md5', () => {
    const { records: shards } = readJson<{
      records: {
        dataPath: string;
        nbytes: number;
        md5sum: string;
        records: { name: string; nbytes: number; byteOffset: number }[];
      }[];
    }>('tensor-cache.json');
    const names = shards.flatMap(({ records }) => records.map(({ name }) => name));
    expect(new Set(names).size).toBe(names.length);
    // Four layers of ten tensors, embedding and head of two each, and the last norm.
    expect(names.length).toBe(4 * 10 + 2 + 2 + 1);
    for (const shard of shards) {
      const content = read(shard.dataPath);
      expect(createHash('md5').update(content).digest('hex')).toBe(shard.md5sum);
      let end = 0;
      for (const { byteOffset, nbytes } of shard.records) {
        expect(byteOffset).toBe(end);
        end += nbytes;
      }
      expect(end).toBe(content.length);
    }
  });

  it('carry Llama 2’s own vocabulary', () => {
    const { model } = readJson<{ model: { vocab: Record<string, number> } }>('tokenizer.json');
    expect(Object.keys(model.vocab)).toHaveLength(32_000);
    expect(['▁[', 'INST', ']', '<s>', '</s>'].map((piece) => model.vocab[piece])).toEqual([
      518, 25580, 29962, 1, 2,
    ]);
  });
});
