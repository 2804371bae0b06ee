import { describe, expect, it } from 'vitest';
import { inspectModel } from '../../../workers/download/inspect';
import { samplingOfMlc } from '../../../workers/download/model-sampling';
import { networkOf } from '../../../workers/download/network';
import { gguf } from '../../fixtures/gguf';

const base = { 'general.architecture': 'llama', 'llama.context_length': 4096 };
const inspect = (file: Blob) =>
  inspectModel(
    { kind: 'gguf', name: 'm.gguf', file },
    { ask: networkOf(null), signal: AbortSignal.timeout(10_000) },
  );
const zeros = new Uint8Array(2048);

describe('the metadata of a GGUF', () => {
  it('has its size, its context, and a fingerprint of its weights', async () => {
    const file = gguf(base, zeros);
    const facts = await inspect(file);
    expect(facts).toMatchObject({
      sizeBytes: file.size,
      contextTokens: 4096,
      template: '',
    });
    expect((await inspect(gguf(base, zeros))).fingerprint).toBe(facts.fingerprint);
    const others = zeros.slice();
    others[2000] = 1;
    expect((await inspect(gguf(base, others))).fingerprint).not.toBe(facts.fingerprint);
  });

  it('has its prompt format', async () => {
    const template =
      "{% for m in messages %}{{ '<|im_start|>' + m.role + '\\n' + m.content + '<|im_end|>\\n' }}{% endfor %}{{ '<|im_start|>assistant\\n' }}";
    const file = gguf({ ...base, 'tokenizer.chat_template': template }, zeros);
    expect(await inspect(file)).toMatchObject({
      format: { user: { before: '<|im_start|>user\n' }, systemPlace: 'turn' },
    });
  });

  it('has its publisher’s sampling parameters', async () => {
    const says = { 'general.sampling.top_k': 20, 'general.sampling.sequence': 'top_k;temp' };
    expect((await inspect(gguf({ ...base, ...says }, zeros))).sampling).toEqual({ topK: 20 });
    expect(
      samplingOfMlc({ temperature: 0.6000000238, top_p: 0.95, repetition_penalty: '1' }),
    ).toEqual({ temperature: 0.6, topP: 0.95 });
  });

  it('shows that it is part of a model, with any name', async () => {
    await expect(inspect(gguf({ ...base, 'split.count': 2 }, zeros))).rejects.toMatchObject({
      code: 'model-in-parts',
      data: { file: 'm.gguf', parts: 2 },
    });
  });

  it('may be that its state cannot go back, and then it is refused', async () => {
    await expect(
      inspect(gguf({ ...base, 'general.architecture': 'rwkv7' }, zeros)),
    ).rejects.toMatchObject({ code: 'model-recurrent', data: { architecture: 'rwkv7' } });
  });
});
