import { describe, expect, it } from 'vitest';
import { builtInModel } from '../../../../src/core/models/built-in';
import { cria } from '../../../../src/core/models/cria';
import { llama32Licence } from '../../../../src/core/models/licences';
import { llama2Models } from '../../../../src/core/models/llama-2';
import { AppError } from '../../../../src/protocol/errors';
import { whenIdle } from '../memory-storage';
import { capabilities, ScriptedEngine, scriptedModels } from '../scripted-chat';

const withGpu = async () => ({
  ...capabilities,
  gpu: {
    state: 'ready' as const,
    name: 'GPU',
    features: ['shader-f16'],
    maxBufferBytes: 2 ** 32,
    maxBindingBytes: 2 ** 32,
  },
});
const file = (name: string) => new File(['GGUF'], name);

describe('at the start', () => {
  it('chooses the last model if this device can run it, else the built-in one', async () => {
    const first = scriptedModels(new ScriptedEngine(), { capabilities: withGpu });
    first.saved.choice = cria.id;
    await first.models.start();
    expect(first.models).toMatchObject({ chosen: cria, state: { phase: 'absent' } });
    const noGpu = scriptedModels(new ScriptedEngine());
    noGpu.saved.choice = cria.id;
    await noGpu.models.start();
    expect(noGpu.models).toMatchObject({ chosen: builtInModel, state: { phase: 'stored' } });
    expect(noGpu.models.incompatibilityOf(cria)).toEqual({ key: 'no-webgpu' });
  });
});

describe('a stored choice, or an address', () => {
  const own = {
    id: 'own-1',
    name: 'Poisoned',
    facts: {
      name: '',
      licence: '',
      sizeBytes: 9,
      contextTokens: 512,
      template: 'chatml',
      quantisation: '',
      largestTensorBytes: 0,
    },
    from: {
      kind: 'gguf',
      fileName: 'm.gguf',
      url: 'https://huggingface.co/evil/typed-text.gguf',
    },
  };

  it.each(['https://huggingface.co/evil/typed-text.gguf', 'https://corral.test/typed-text.gguf'])(
    'of the visitor’s own is asked for only after a press beside it: %s',
    async (url) => {
      const { models, saved, downloaded } = scriptedModels(new ScriptedEngine());
      saved.own = [{ ...own, from: { ...own.from, url } }];
      saved.choice = own.id;
      await models.start();
      expect(models.chosen.id).toBe(own.id);
      const refused = { code: 'host-unconfirmed', data: { host: new URL(url).host } };
      await expect(models.ensureReady()).rejects.toMatchObject(refused);
      await models.choose(builtInModel);
      await models.choose(models.list.find(({ id }) => id === own.id)!);
      await expect(models.ensureReady()).rejects.toMatchObject(refused);
      expect(downloaded).toEqual([]);
      await models.download(models.chosen);
      expect(downloaded).toEqual([own.id]);
    },
  );

  it('of a model that tells no format leads nowhere before the visitor has chosen one', async () => {
    const { models, saved, downloaded } = scriptedModels(new ScriptedEngine());
    saved.own = [{ ...own, facts: { ...own.facts, template: '' } }];
    saved.choice = own.id;
    await models.start();
    await expect(models.ensureReady()).rejects.toMatchObject({ code: 'template-missing' });
    expect(downloaded).toEqual([]);
    await models.setFormat(models.chosen, { id: 'llama2', format: 'llama2' });
    expect(models.chosen).not.toHaveProperty('needsFormat');
    await models.download(models.chosen);
    expect(downloaded).toEqual([own.id]);
  });

  it('is what another tab has made of it, without a reload', async () => {
    const { models, saved } = scriptedModels(new ScriptedEngine());
    saved.own = [own];
    saved.choice = own.id;
    await models.start();
    saved.own = [
      { ...own, chosen: { id: 'zephyr', format: 'llama2' } },
      { ...own, id: 'own-2' },
    ];
    await models.reloadCustomModels();
    expect(models.chosen.template).toBe('llama2');
    expect(models.own.list.map(({ id }) => id)).toEqual(['own-1', 'own-2']);
    saved.own = [];
    await models.reloadCustomModels();
    expect(models.chosen.id).toBe(own.id);
  });

  it('of another host than the app’s is asked for only after a choice or a press', async () => {
    const { tinyF16 } = llama2Models;
    const { models, saved, downloaded } = scriptedModels(new ScriptedEngine(), {
      capabilities: withGpu,
    });
    saved.choice = tinyF16.id;
    await models.start();
    expect(models.chosen).toBe(tinyF16);
    await expect(models.ensureReady()).rejects.toMatchObject({ code: 'host-unconfirmed' });
    expect(downloaded).toEqual([]);
    await models.choose(builtInModel);
    await models.choose(tinyF16);
    await models.ensureReady();
    expect(downloaded).toEqual([tinyF16.weightsId]);
  });
});

describe('a model', () => {
  it('is fetched and loaded once, however many callers wait', async () => {
    const engine = new ScriptedEngine();
    const { models, downloaded } = scriptedModels(engine, { stored: new Set() });
    await models.start();
    expect(models.state.phase).toBe('absent');
    await Promise.all([models.ensureReady(), models.ensureReady()]);
    expect(models.state).toMatchObject({ phase: 'ready', contextTokens: 2048 });
    expect([downloaded, engine.loaded]).toEqual([[builtInModel.id], [builtInModel.id]]);
    models.lost();
    expect(models.state.phase).toBe('stored');
  });

  it('waits for its licence to be accepted, and is then fetched', async () => {
    const { models, downloaded } = scriptedModels(new ScriptedEngine(), { capabilities: withGpu });
    await models.start();
    const { sevenF16 } = llama2Models;
    await models.fetch(sevenF16);
    expect(models.licences.asking).toBe(sevenF16);
    expect(models.chosen).toBe(builtInModel);
    await models.answerLicence(true);
    expect(models.chosen).toBe(sevenF16);
    expect(downloaded).toEqual([sevenF16.weightsId]);
  });

  it('that is chosen while another loads replaces it', async () => {
    const engine = new ScriptedEngine();
    const { models } = scriptedModels(engine, { capabilities: withGpu });
    const { load } = engine.port;
    let release = () => {};
    Object.assign(engine.port, {
      load: async (...[model]: Parameters<typeof load>) => {
        if (model.modelId === builtInModel.id)
          await new Promise<void>((resolve) => (release = resolve));
        return load(model);
      },
    });
    await models.start();
    const loading = models.ensureReady().catch((error: unknown) => error);
    await whenIdle();
    expect(models.state.phase).toBe('loading');
    await models.choose(cria);
    release();
    expect(await loading).toMatchObject({ code: 'aborted' });
    expect(models).toMatchObject({ chosen: cria, state: { phase: 'absent' } });
  });

  it('shows why it could not be loaded', async () => {
    const engine = new ScriptedEngine();
    const error = new AppError('out-of-memory');
    Object.assign(engine.port, { load: () => Promise.reject(error) });
    const { models } = scriptedModels(engine);
    await models.start();
    await expect(models.ensureReady()).rejects.toBe(error);
    expect(models.state).toEqual({ phase: 'failed', error });
    await models.refresh();
    expect(models.state.phase).toBe('stored');
  });

  it('is unloaded before its weights are deleted', async () => {
    const engine = new ScriptedEngine();
    const { models, stored } = scriptedModels(engine);
    let unloaded = 0;
    Object.assign(engine.port, { unload: async () => void (unloaded += 1) });
    await models.start();
    await models.ensureReady();
    await (await models.maintenance()).delete(builtInModel);
    expect([unloaded, stored.size]).toEqual([1, 0]);
    expect(models.state.phase).toBe('absent');
  });
});

describe('a model of the visitor’s own', () => {
  it('is chosen when it is added, and there after a reload', async () => {
    const first = scriptedModels(new ScriptedEngine());
    await first.models.start();
    expect(await (await first.models.adding()).files([file('my-model.gguf')])).toBe(true);
    const added = first.models.chosen;
    expect(added).toMatchObject({ name: 'my-model', family: 'own' });
    const again = scriptedModels(new ScriptedEngine());
    Object.assign(again.saved, first.saved);
    await again.models.start();
    expect(again.models.chosen).toEqual(added);
  });

  it('never deletes another one’s weights, even if two tabs add models', async () => {
    const stored = new Set<string>();
    const one = scriptedModels(new ScriptedEngine(), { stored });
    const other = scriptedModels(new ScriptedEngine(), { stored });
    await Promise.all([one.models.start(), other.models.start()]);
    await (await one.models.adding()).files([file('q_4.gguf')]);
    await one.models.fetch();
    Object.assign(other.saved, one.saved);
    await (await other.models.adding()).files([file('q-4.gguf')]);
    await other.models.fetch();
    expect(other.models.own.list.map(({ name }) => name)).toEqual(['q_4', 'q-4']);
    expect(other.models.own.list.every(({ id }) => stored.has(id))).toBe(true);
  });

  it('leaves the list with its weights', async () => {
    const { models, stored } = scriptedModels(new ScriptedEngine());
    await models.start();
    await (await models.adding()).files([file('my-model.gguf')]);
    const added = models.chosen;
    await models.fetch();
    expect(stored).toContain(added.id);
    await (await models.maintenance()).remove(added);
    expect(stored).not.toContain(added.id);
    expect(models.chosen).toBe(builtInModel);
    expect(models.own.list).toEqual([]);
  });
});

describe('a model of Corral’s list', () => {
  const found = {
    name: 'Llama 3.2 1B',
    origin: {
      kind: 'mlc',
      folder: 'https://huggingface.co/mlc-ai/Llama/resolve/main/',
      library: 'https://huggingface.co/llama.wasm',
    },
  } as const;
  const withInspections = () => {
    const inspected: string[] = [];
    const scripted = scriptedModels(new ScriptedEngine(), { capabilities: withGpu });
    const { downloads } = scripted;
    const { inspect } = downloads;
    downloads.inspect = (origin, signal) => {
      inspected.push(origin.kind === 'mlc' ? String(origin.folder) : '');
      return inspect(origin, signal);
    };
    return { ...scripted, inspected };
  };

  it('asks for its licence before anything of it is asked for, and is then added', async () => {
    const { models, inspected, downloaded } = withInspections();
    await models.start();
    expect(await (await models.adding()).found(found, llama32Licence)).toBe(false);
    expect(models.licences.asking).toMatchObject({ name: found.name, licence: llama32Licence });
    await models.answerLicence(false);
    expect(inspected).toEqual([]);
    expect(models.own.list).toEqual([]);

    await (await models.adding()).found(found, llama32Licence);
    await models.answerLicence(true);
    expect(inspected).toEqual([found.origin.folder]);
    expect(models.chosen).toMatchObject({ name: found.name, licence: llama32Licence });
    expect(models.own.has(found)).toBe(true);
    expect(downloaded).toEqual([]);
  });

  it('keeps the hashes that are known of its files, also over a reload', async () => {
    const { models, saved } = withInspections();
    await models.start();
    const hashes = { 'library.wasm': 'a'.repeat(64) };
    await (await models.adding()).found({ ...found, name: 'Other', hashes });
    expect(models.chosen).toMatchObject({ pinned: hashes });
    const again = scriptedModels(new ScriptedEngine(), { capabilities: withGpu });
    Object.assign(again.saved, saved);
    await again.models.start();
    expect(again.models.chosen).toMatchObject({ name: 'Other', pinned: hashes });
    // What is no hash counts for nothing.
    saved.own = [{ ...(saved.own as object[])[0], from: { ...found.origin, hashes: { a: 'x' } } }];
    const spoilt = scriptedModels(new ScriptedEngine(), { capabilities: withGpu });
    Object.assign(spoilt.saved, saved);
    await spoilt.models.start();
    expect(spoilt.models.own.list[0]).toMatchObject({ pinned: {} });
  });
});

describe('a repository that was typed', () => {
  const commit = '0'.repeat(40);
  const sha256 = 'a'.repeat(64);

  it('is looked through, and one of its models is added by its commit and hash', async () => {
    const { models, downloads } = scriptedModels(new ScriptedEngine());
    const listed: string[] = [];
    downloads.list = async (url) => {
      listed.push(url);
      const files = ['One-Q4_0.gguf', 'One-Q8_0.gguf'];
      return {
        commit,
        files: files.map((path, at) => ({ path, sizeBytes: (at + 1) * 1e8, sha256 })),
      };
    };
    await models.start();
    expect(await (await models.adding()).from({ model: 'some/one', library: '', hub: '' })).toBe(
      false,
    );
    expect(listed).toEqual(['https://huggingface.co/api/models/some/one/revision/main?blobs=true']);
    expect((await models.adding()).listing).toMatchObject({
      name: 'some/one',
      recommended: { quantisation: 'Q4_0' },
    });
    await (await models.adding()).found((await models.adding()).listing!.recommended!.found);
    const url = `https://huggingface.co/some/one/resolve/${commit}/One-Q4_0.gguf`;
    expect(models.chosen).toMatchObject({ name: 'One-Q4_0', file: { url, sha256 } });
  });

  it('offers no choice any more once another one is typed, and shows what is wrong', async () => {
    const { models, downloads } = scriptedModels(new ScriptedEngine());
    downloads.list = async () => ({ commit, files: [] });
    await models.start();
    await (await models.adding()).from({ model: 'some/one', library: '', hub: '' });
    expect((await models.adding()).listing).toBe(null);
    expect(models.own.error).toMatchObject({ code: 'repository-empty' });
    await (
      await models.adding()
    ).from({ model: 'some/one', library: '', hub: 'https://evil.example/' });
    expect(models.own.error).toMatchObject({ code: 'host-not-allowed' });
  });
});
