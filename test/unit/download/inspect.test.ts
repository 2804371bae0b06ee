import { describe, expect, it } from 'vitest';
import { inspectModel } from '../../../workers/download/inspect';
import { networkOf } from '../../../workers/download/network';

/** Little-endian, as GGUF has it: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */
const bytesOf = (value: number | bigint, bytes: 4 | 8) => {
  const view = new DataView(new ArrayBuffer(bytes));
  if (bytes === 4) view.setUint32(0, Number(value), true);
  else view.setBigUint64(0, BigInt(value), true);
  return new Uint8Array(view.buffer);
};
const string = (text: string) => {
  const utf8 = new TextEncoder().encode(text);
  return [bytesOf(utf8.length, 8), utf8];
};

/** A file with these metadata and one tensor, whose data are the given bytes. */
function gguf(metadata: Record<string, string | number | boolean>, weights: Uint8Array): Blob {
  const entries = Object.entries(metadata).flatMap(([key, value]) => {
    if (typeof value === 'string') return [...string(key), bytesOf(8, 4), ...string(value)];
    if (typeof value === 'number') return [...string(key), bytesOf(4, 4), bytesOf(value, 4)];
    return [...string(key), bytesOf(7, 4), Uint8Array.of(Number(value))];
  });
  const counts = [bytesOf(1, 8), bytesOf(Object.keys(metadata).length, 8)];
  const tensor = [
    ...string('t'),
    bytesOf(1, 4),
    bytesOf(weights.length / 4, 8),
    bytesOf(0, 4),
    bytesOf(0, 8),
  ];
  const head = [new TextEncoder().encode('GGUF'), bytesOf(3, 4), ...counts, ...entries, ...tensor];
  const length = head.reduce((sum, part) => sum + part.length, 0);
  const padding = new Uint8Array((32 - (length % 32)) % 32);
  return new Blob([...head, padding, weights] as BlobPart[]);
}

const base = { 'general.architecture': 'llama', 'llama.context_length': 4096 };
const inspect = (file: Blob) =>
  inspectModel(
    { kind: 'gguf', name: 'm.gguf', file },
    { ask: networkOf(null), signal: AbortSignal.timeout(10_000) },
  );
const zeros = new Uint8Array(2048);

describe('what a GGUF says about itself', () => {
  it('has its size, its context, and a fingerprint of its weights', async () => {
    const file = gguf(base, zeros);
    const facts = await inspect(file);
    expect(facts).toMatchObject({
      sizeBytes: file.size,
      contextTokens: 4096,
      template: '',
      bos: '',
    });
    expect((await inspect(gguf(base, zeros))).fingerprint).toBe(facts.fingerprint);
    const others = zeros.slice();
    others[2000] = 1;
    expect((await inspect(gguf(base, others))).fingerprint).not.toBe(facts.fingerprint);
  });

  it('has the name of its prompt format', async () => {
    const template =
      "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}{{ '<|im_start|>assistant\\n' }}";
    const file = gguf({ ...base, 'tokenizer.chat_template': template }, zeros);
    expect(await inspect(file)).toMatchObject({ template: 'chatml' });
  });

  it('may be that it is a part of a model, whatever it is called', async () => {
    await expect(inspect(gguf({ ...base, 'split.count': 2 }, zeros))).rejects.toMatchObject({
      ...{ code: 'model-in-parts', data: { file: 'm.gguf', parts: 2 } },
    });
  });
});
