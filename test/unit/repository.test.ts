import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Capabilities } from '../../src/core/models/choose-engine';
import {
  folderAddress,
  listAddress,
  readRepository,
  readRepositoryAddress,
} from '../../src/core/models/repository';
import {
  foundFile,
  foundFolder,
  ggufChoices,
  ggufFilesOf,
  quantisationOf,
  recommendedChoice,
} from '../../src/core/models/repository-files';
import { mayFetch } from '../../src/core/models/model-hosts';
import { AppError } from '../../src/protocol/errors';

const hub = 'https://huggingface.co/';
const hosts = ['huggingface.co', '*.hf.co', 'mirror.example'];
const read = (typed: string, at = hub) =>
  readRepositoryAddress(typed, at, 'https://corral.test/app/', hosts);
const address = { hub, name: 'some/one', revision: 'main' };
const commit = '0123456789abcdef0123456789abcdef01234567';
const sha256 = 'a'.repeat(64);

describe('what a visitor types for a repository', () => {
  it.each([
    ['some/one', { hub, name: 'some/one', revision: 'main' }],
    [' some/one-2.5_GGUF ', { hub, name: 'some/one-2.5_GGUF', revision: 'main' }],
    ['https://huggingface.co/some/one', { hub, name: 'some/one', revision: 'main' }],
    ['https://huggingface.co/some/one/', { hub, name: 'some/one', revision: 'main' }],
    ['https://huggingface.co/some/one?library=gguf', { hub, name: 'some/one', revision: 'main' }],
    ['https://huggingface.co/some/one/tree/main', { hub, name: 'some/one', revision: 'main' }],
    ['hf.co/some/one/tree/v1.0', { hub, name: 'some/one', revision: 'v1.0' }],
    [`huggingface.co/some/one/tree/${commit}`, { hub, name: 'some/one', revision: commit }],
  ])('%j is one', (typed, expected) => expect(read(typed)).toEqual(expected));

  it('is requested from a mirror if one is set', () => {
    const mirror = { hub: 'https://mirror.example/hf/', name: 'some/one', revision: 'main' };
    for (const typed of ['some/one', 'https://huggingface.co/some/one', `${mirror.hub}some/one`]) {
      expect(read(typed, 'https://mirror.example/hf')).toEqual(mirror);
    }
    expect(read('some/one', 'https://corral.test/hub/')?.hub).toBe('https://corral.test/hub/');
  });

  it.each([
    '',
    'one',
    'some/one/two',
    'not an address',
    '../one',
    'some/..',
    'some/o..ne',
    '-/',
    'https://huggingface.co/some/one/resolve/main/one.gguf',
    'some/one.gguf',
    'https://elsewhere.example/some/one',
    'https://huggingface.co/some/one/blob/main/a.md',
    'some/one/tree/a/../../b',
    'https://huggingface.co/some',
    'javascript:some/one',
  ])('%j is none', (typed) => expect(read(typed)).toBe(null));

  it.each([
    ['http://mirror.example/', 'model-address'],
    ['https://user@mirror.example/', 'model-address'],
    ['https://mirror.example/?to=', 'model-address'],
    ['a mirror', 'model-address'],
    ['https://evil.example/', 'host-not-allowed'],
    ['https://huggingface.co.evil.example/', 'host-not-allowed'],
  ])('is asked for nowhere else: %j', (typed, code) => {
    expect(() => read('some/one', typed)).toThrow(expect.objectContaining({ code }) as Error);
  });

  it('becomes the address of the documented API, and then of a commit', () => {
    expect(listAddress({ ...address, revision: 'refs/pr/1' })).toBe(
      'https://huggingface.co/api/models/some/one/revision/refs%2Fpr%2F1?blobs=true',
    );
    expect(folderAddress(address, { commit, files: [] })).toBe(
      `https://huggingface.co/some/one/resolve/${commit}/`,
    );
  });

  it('never leads elsewhere', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) => {
        const found = read(typed) ?? read(`some/one/tree/${typed}`);
        if (!found) return;
        const url = listAddress(found);
        expect(url.startsWith(`${hub}api/models/`)).toBe(true);
        expect(mayFetch(url, 'https://corral.test/', hosts)).toBe(true);
        expect(new URL(url).pathname.split('/')).toHaveLength(7);
      }),
    );
  });
});

describe('the hub’s answer', () => {
  const answer = (siblings: unknown, more: object = {}) =>
    readRepository({ sha: commit, gated: false, siblings, ...more }, 'some/one');

  it('reports the commit, and the files with their sizes and hashes', () => {
    const siblings = [
      { rfilename: 'README.md', size: 100, blobId: 'b'.repeat(40) },
      {
        rfilename: 'q4/One Q4 (1).gguf',
        size: 2000,
        lfs: { sha256, size: 2000, pointerSize: 134 },
      },
    ];
    expect(answer(siblings)).toEqual({
      commit,
      files: [
        { path: 'README.md', sizeBytes: 100, sha256: null },
        { path: 'q4/One Q4 (1).gguf', sizeBytes: 2000, sha256 },
      ],
    });
  });

  it('has names in any script', () => {
    const names = ['模型-Q4_K_M.gguf', "d'été & [v2]!~1.gguf", 'Größe-Q8_0.gguf', 'हिन्दी.gguf'];
    const found = answer(names.map((rfilename) => ({ rfilename, size: 1 }))).files;
    expect(found.map(({ path }) => path)).toEqual(names);
    const { origin } = foundFile(address, { commit, files: found }, found[0]!);
    expect(origin).toMatchObject({
      file: `${hub}some/one/resolve/${commit}/%E6%A8%A1%E5%9E%8B-Q4_K_M.gguf`,
    });
  });

  it.each([
    [{ rfilename: '../up.gguf', size: 1 }],
    [{ rfilename: '/etc/one.gguf', size: 1 }],
    [{ rfilename: 'a//b.gguf', size: 1 }],
    [{ rfilename: 'a\\b.gguf', size: 1 }],
    [{ rfilename: 'a?b.gguf', size: 1 }],
    [{ rfilename: 'a#b.gguf', size: 1 }],
    [{ rfilename: 'a%2e.gguf', size: 1 }],
    [{ rfilename: 'one\u202efugg.gguf', size: 1 }],
    [{ rfilename: `${'a'.repeat(400)}.gguf`, size: 1 }],
    [{ rfilename: 'one.gguf' }],
    [{ rfilename: 'one.gguf', size: -1 }],
    [{ rfilename: 'one.gguf', size: 1.5 }],
    [{ rfilename: 'one.gguf', size: 2 ** 60 }],
    [{ rfilename: 'one.gguf', size: '1' }],
    [{ rfilename: 'one.gguf', size: 1, lfs: { sha256, size: 2 } }],
    [{ rfilename: 'one.gguf', size: 1, lfs: { sha256: 'x', size: 1 } }],
    [{ rfilename: 'one.gguf', size: 1, lfs: { sha256: sha256.toUpperCase(), size: 1 } }],
    null,
    1,
    'one.gguf',
    [],
  ])('is without a file that is none: %j', (file) => expect(answer([file]).files).toEqual([]));

  it('has each path once', () => {
    const file = { rfilename: 'one.gguf', size: 1 };
    expect(answer([file, { ...file, size: 2 }]).files).toEqual([
      { path: 'one.gguf', sizeBytes: 1, sha256: null },
    ]);
  });

  it.each([
    ['repository-gated', { sha: commit, gated: 'manual', siblings: [] }],
    ['repository-gated', { sha: commit, gated: 'auto', siblings: [] }],
    ['repository-gated', { gated: true }],
    ['repository-unreadable', { sha: commit }],
    ['repository-unreadable', { sha: 'main', siblings: [] }],
    ['repository-unreadable', { sha: `${commit}/..`, siblings: [] }],
    ['repository-unreadable', []],
    ['repository-unreadable', null],
    ['repository-unreadable', 'Not Found'],
  ])('is refused with %s: %j', (code, value) => {
    expect(() => readRepository(value, 'some/one')).toThrow(
      expect.objectContaining({ code }) as Error,
    );
  });

  it('is read or refused for any content, and names only files below the commit', () => {
    const sibling = fc.record(
      {
        rfilename: fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.string().map((name) => `${name}.gguf`),
          fc.webPath().map((path) => `${path.slice(1)}.gguf`),
        ),
        size: fc.oneof(fc.nat(), fc.double(), fc.anything()),
        lfs: fc.oneof(fc.anything(), fc.record({ sha256: fc.string(), size: fc.nat() })),
      },
      { requiredKeys: [] },
    );
    const value = fc.oneof(
      fc.anything(),
      fc.record({
        sha: fc.constantFrom(commit, commit, 'main', ''),
        siblings: fc.array(fc.oneof(sibling, fc.anything())),
      }),
    );
    fc.assert(
      fc.property(value, (hostile) => {
        try {
          const repository = readRepository(hostile, 'some/one');
          for (const file of repository.files) {
            const { origin } = foundFile(address, repository, file);
            const url = String(origin.kind === 'gguf' && origin.file);
            expect(url.startsWith(`${hub}some/one/resolve/${commit}/`)).toBe(true);
            expect(mayFetch(url, 'https://corral.test/', hosts)).toBe(true);
            expect(Number.isSafeInteger(file.sizeBytes)).toBe(true);
          }
        } catch (error) {
          expect(AppError.isInstance(error)).toBe(true);
        }
      }),
    );
  });
});

const gguf = (path: string, sizeBytes: number) => ({ path, sizeBytes, sha256 });
const device: Capabilities = {
  gpu: { state: 'no-webgpu' },
  crossOriginIsolated: true,
  sharedMemory: true,
  cores: 8,
  isMobile: false,
};
const facts = {
  name: '',
  licence: '',
  sizeBytes: 0,
  contextTokens: 32_768,
  template: 'chatml',
  quantisation: '',
  largestTensorBytes: 0,
  shape: {
    layers: 28,
    keyValueHeads: 2,
    headSize: 128,
    width: 1536,
    feedForward: 8960,
    vocabulary: 151_936,
  },
};

describe('the GGUF files of a repository', () => {
  const files = [
    gguf('One-Q8_0.gguf', 1.6e9),
    gguf('One-Q4_K_M.gguf', 1.1e9),
    gguf('One-Q2_K.gguf', 0.7e9),
    gguf('One-F16-00001-of-00002.gguf', 2e9),
    gguf('One-F16-00002-of-00002.gguf', 1e9),
    gguf('One-BF16.gguf', 3.1e9),
    gguf('mmproj-F16.gguf', 0.1e9),
    { path: 'README.md', sizeBytes: 10, sha256: null },
  ];
  const repository = { commit, files };
  const choices = (on = device) => ggufChoices(address, repository, facts, on);

  it('are those that are whole models, the smallest first; split ones are counted', () => {
    const { whole, inParts } = ggufFilesOf(repository);
    expect(whole.map(({ path }) => quantisationOf(path))).toEqual([
      'Q2_K',
      'Q4_K_M',
      'Q8_0',
      'BF16',
    ]);
    expect(inParts).toBe(1);
  });

  it.each([
    ['qwen2.5-1.5b-instruct-q4_k_m.gguf', 'Q4_K_M'],
    ['folder/Model.IQ2_XXS.gguf', 'IQ2_XXS'],
    ['Model-UD-Q4_K_XL.gguf', 'UD-Q4_K_XL'],
    ['Model-f16.gguf', 'F16'],
    ['Model-7B.gguf', 'Model-7B'],
  ])('are called by their quantisation: %s is %s', (path, expected) => {
    expect(quantisationOf(path)).toBe(expected);
  });

  it('say what they need, computed, and which one suits the device', () => {
    const all = choices();
    expect(recommendedChoice(all, device)?.quantisation).toBe('Q4_K_M');
    for (const { sizeBytes, memoryBytes } of all.slice(0, 3)) {
      expect(memoryBytes).toBeGreaterThan(sizeBytes);
      expect(memoryBytes).toBeLessThan(sizeBytes + 2 ** 30);
    }
    // Beyond what WebAssembly can hold: never fetched.
    expect(all[3]).toMatchObject({ incompatibility: { key: 'file-limit' }, memoryBytes: null });
  });

  it('suit a phone only if they are small', () => {
    const phone = { ...device, isMobile: true };
    expect(recommendedChoice(choices(phone), phone)?.quantisation).toBe('Q4_K_M');
    const old = { ...phone, deviceMemoryGb: 2 };
    expect(recommendedChoice(choices(old), old)?.quantisation).toBe('Q2_K');
    const oldest = { ...phone, deviceMemoryGb: 1 };
    expect(recommendedChoice(choices(oldest), oldest)).toBe(null);
  });

  it('come from the commit, and have to have the hash that the hub told', () => {
    expect(foundFile(address, repository, gguf('q4/One 1.gguf', 9))).toEqual({
      name: 'One 1',
      origin: {
        kind: 'gguf',
        name: 'One 1.gguf',
        file: `https://huggingface.co/some/one/resolve/${commit}/q4/One%201.gguf`,
      },
      hashes: { 'One 1.gguf': sha256 },
    });
  });
});

describe('a repository that is an MLC folder', () => {
  const files = [
    { path: 'mlc-chat-config.json', sizeBytes: 10, sha256: null },
    { path: 'ndarray-cache.json', sizeBytes: 10, sha256: null },
    { path: 'tokenizer.json', sizeBytes: 10, sha256 },
    { path: 'params_shard_0.bin', sizeBytes: 1000, sha256 },
  ];
  const folder = `https://huggingface.co/some/one/resolve/${commit}/`;

  it('has the library that WebLLM has for it, and is pinned to the commit', () => {
    const name = 'mlc-ai/Llama-3.2-1B-Instruct-q4f16_1-MLC';
    const found = foundFolder({ ...address, name }, { commit, files }, null);
    expect(found).toMatchObject({
      name: 'Llama-3.2-1B-Instruct-q4f16_1-MLC',
      origin: {
        folder: `https://huggingface.co/${name}/resolve/${commit}/`,
        library: expect.stringMatching(/Llama-3\.2-1B-Instruct-q4f16_1.*\.wasm$/) as string,
      },
      hashes: { 'tokenizer.json': sha256 },
    });
  });

  it('has the one that lies in it, or that was typed', () => {
    const own = { commit, files: [...files, gguf('lib.wasm', 9)] };
    expect(foundFolder(address, own, null)).toMatchObject({
      origin: { folder, library: `${folder}lib.wasm` },
      hashes: { 'library.wasm': sha256 },
    });
    const typed = 'https://huggingface.co/typed.wasm';
    const found = foundFolder(address, own, typed);
    expect(found).toMatchObject({ origin: { library: typed } });
    expect(found?.hashes).not.toHaveProperty(['library.wasm']);
  });

  it('says that it lacks one, or is no such folder', () => {
    expect(() => foundFolder(address, { commit, files }, null)).toThrow(
      expect.objectContaining({ code: 'library-missing' }) as Error,
    );
    expect(foundFolder(address, { commit, files: files.slice(1) }, null)).toBe(null);
    expect(foundFolder(address, { commit, files: files.slice(0, 1) }, null)).toBe(null);
  });
});
