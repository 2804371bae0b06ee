import { describe, expect, it } from 'vitest';
import { builtInModel } from '../../../../src/core/models/built-in';
import { cria } from '../../../../src/core/models/cria';
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
  it('takes the model of last time if this device can run it, else the built-in one', async () => {
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
  it('is fetched and loaded once, however many wait for it', async () => {
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

  it('asks for its licence to be accepted, and is fetched when it is', async () => {
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

  it('that is chosen while another loads takes its place', async () => {
    const engine = new ScriptedEngine();
    const { models } = scriptedModels(engine, { capabilities: withGpu });
    const { load } = engine.port;
    let letGo = () => {};
    Object.assign(engine.port, {
      load: async (...[model]: Parameters<typeof load>) => {
        if (model.modelId === builtInModel.id)
          await new Promise<void>((resolve) => (letGo = resolve));
        return load(model);
      },
    });
    await models.start();
    const loading = models.ensureReady().catch((error: unknown) => error);
    await whenIdle();
    expect(models.state.phase).toBe('loading');
    await models.choose(cria);
    letGo();
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
    await models.lookAgain();
    expect(models.state.phase).toBe('stored');
  });

  it('is unloaded before its weights are deleted', async () => {
    const engine = new ScriptedEngine();
    const { models, stored } = scriptedModels(engine);
    let unloaded = 0;
    Object.assign(engine.port, { unload: async () => void (unloaded += 1) });
    await models.start();
    await models.ensureReady();
    await models.delete(builtInModel);
    expect([unloaded, stored.size]).toEqual([1, 0]);
    expect(models.state.phase).toBe('absent');
  });
});

describe('a model of the visitor’s own', () => {
  it('is chosen when it is added, and there after a reload', async () => {
    const first = scriptedModels(new ScriptedEngine());
    await first.models.start();
    expect(await first.models.addFiles([file('my-model.gguf')])).toBe(true);
    const added = first.models.chosen;
    expect(added).toMatchObject({ name: 'my-model', family: 'own' });
    const again = scriptedModels(new ScriptedEngine());
    Object.assign(again.saved, first.saved);
    await again.models.start();
    expect(again.models.chosen).toEqual(added);
  });

  it('never has the weights of another one deleted, also when two tabs add models', async () => {
    const stored = new Set<string>();
    const one = scriptedModels(new ScriptedEngine(), { stored });
    const other = scriptedModels(new ScriptedEngine(), { stored });
    await Promise.all([one.models.start(), other.models.start()]);
    await one.models.addFiles([file('q_4.gguf')]);
    await one.models.fetch();
    Object.assign(other.saved, one.saved);
    await other.models.addFiles([file('q-4.gguf')]);
    await other.models.fetch();
    expect(other.models.own.list.map(({ name }) => name)).toEqual(['q_4', 'q-4']);
    expect(other.models.own.list.every(({ id }) => stored.has(id))).toBe(true);
  });

  it('leaves the list with its weights', async () => {
    const { models, stored } = scriptedModels(new ScriptedEngine());
    await models.start();
    await models.addFiles([file('my-model.gguf')]);
    const added = models.chosen;
    await models.fetch();
    expect(stored).toContain(added.id);
    await models.remove(added);
    expect(stored).not.toContain(added.id);
    expect(models.chosen).toBe(builtInModel);
    expect(models.own.list).toEqual([]);
  });
});
