import { describe, expect, it } from 'vitest';
import { catalogue, hostOf, modelSource, weightsIdOf } from '../../../src/core/models/catalogue';
import { allowedHosts, modelHosts } from '../../../src/core/models/model-hosts';
import { builtInModel } from '../../../src/core/models/built-in';

const site = { baseUrl: 'https://app.example/', mirror: '', pins: {} };

const model = (id: string) => catalogue.find((one) => one.id === id);

describe('the catalogue', () => {
  it('has each id once', () => {
    expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  });

  it('offers Llama 2 as MLC publishes it for WebLLM 0.2.86', () => {
    expect(catalogue.map(({ id }) => id)).toEqual([
      'smollm2-135m',
      'llama-2-7b-chat-hf-q4f16_1-1k',
      'llama-2-7b-chat-hf-q4f16_1-4k',
      'llama-2-7b-chat-hf-q4f32_1-1k',
      'llama-2-7b-chat-hf-q4f32_1-4k',
      'llama-2-13b-chat-hf-q4f16_1-4k',
      'tinyllama-1.1b-chat-v1.0-q4f16_1-2k',
      'tinyllama-1.1b-chat-v1.0-q4f32_1-2k',
      'cria',
    ]);
  });

  it.each([
    ['llama-2-7b-chat-hf-q4f16_1-1k', 3.8e9],
    ['llama-2-7b-chat-hf-q4f32_1-1k', 4.22e9],
    ['llama-2-13b-chat-hf-q4f16_1-4k', 7.33e9],
    ['tinyllama-1.1b-chat-v1.0-q4f16_1-2k', 0.626e9],
  ])('knows the size of %s', (id, bytes) => {
    const { downloadBytes } = model(id)!;
    expect(Math.abs(downloadBytes / bytes - 1)).toBeLessThan(0.005);
  });

  it('stores the weights of both contexts once', () => {
    const short = model('llama-2-7b-chat-hf-q4f16_1-1k')!;
    const long = model('llama-2-7b-chat-hf-q4f16_1-4k')!;
    expect(weightsIdOf(short)).toBe(weightsIdOf(long));
    expect(modelSource(short, site, undefined)).toEqual(modelSource(long, site, undefined));
  });

  it('fetches Llama 2 by commit and checks its hashes, if they were known when the app was built', () => {
    const seven = model('llama-2-7b-chat-hf-q4f16_1-1k')!;
    const files = { 'library.wasm': 'a'.repeat(64), 'tensor-cache.json': 'b'.repeat(64) };
    const [weightsCommit, libraryCommit] = ['1'.repeat(40), '2'.repeat(40)];
    const pins = { [weightsIdOf(seven)]: { weightsCommit, libraryCommit, files } };
    expect(modelSource(seven, { ...site, pins }, undefined)).toMatchObject({
      folder: `https://huggingface.co/mlc-ai/Llama-2-7b-chat-hf-q4f16_1-MLC/resolve/${weightsCommit}/`,
      library: expect.stringContaining(
        `/binary-mlc-llm-libs/${libraryCommit}/web-llm-models/`,
      ) as string,
      pinned: files,
    });
    // A mirror keeps the usual paths, and must have exactly the pinned files.
    const mirror = { ...site, pins, mirror: 'models' };
    expect(modelSource(seven, mirror, undefined)).toMatchObject({
      folder: expect.stringContaining('/resolve/main/') as string,
      pinned: files,
    });
    // Picked files are not pinned.
    const picked = { kind: 'mlc', folder: {}, library: new Blob([]) } as const;
    expect(modelSource(seven, { ...site, pins }, picked).pinned).toEqual({});
  });

  it('fetches Llama 2 from a mirror, with the paths of its publishers', () => {
    const seven = model('llama-2-7b-chat-hf-q4f16_1-1k')!;
    expect(modelSource(seven, { ...site, mirror: 'models' }, undefined)).toMatchObject({
      folder: 'https://app.example/models/mlc-ai/Llama-2-7b-chat-hf-q4f16_1-MLC/resolve/main/',
      library: expect.stringMatching(
        /^https:\/\/app\.example\/models\/mlc-ai\/binary-mlc-llm-libs\/main\/.+\.wasm$/,
      ) as string,
    });
    const elsewhere = { ...site, mirror: 'https://models.example/llama' };
    expect(modelSource(seven, elsewhere, undefined)).toMatchObject({
      folder: expect.stringMatching(/^https:\/\/models\.example\/llama\/mlc-ai\//) as string,
    });
    expect(hostOf(seven, site)).toBe('huggingface.co');
    expect(hostOf(seven, elsewhere)).toBe('models.example');
    // The built-in model is beside the app.
    expect(modelSource(model(builtInModel.id)!, elsewhere, undefined)).toMatchObject({
      file: expect.stringMatching(/^https:\/\/app\.example\/models\/SmolLM2/) as string,
    });
  });

  it('excludes publishers if there is a mirror, unless they are allowed', () => {
    expect(allowedHosts({ mirror: '', hosts: '' })).toEqual(modelHosts);
    expect(allowedHosts({ mirror: '', hosts: 'a.example  b.example' })).toEqual([
      ...modelHosts,
      'a.example',
      'b.example',
    ]);
    expect(allowedHosts({ mirror: 'models/', hosts: '' })).toEqual([]);
    expect(
      allowedHosts({ mirror: 'https://models.example:8443/llama/', hosts: 'huggingface.co' }),
    ).toEqual(['models.example:8443', 'huggingface.co']);
  });

  it('asks for acceptance of Llama 2’s terms, and of no others', () => {
    for (const { family, licence } of catalogue) {
      expect(licence?.terms !== undefined).toBe(family === 'llama-2');
    }
  });
});
