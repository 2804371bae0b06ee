import { describe, expect, it, vi } from 'vitest';
import type { AnswerTurn } from '../../../src/core/chat/conversation';
import { defaultSettings } from '../../../src/core/chat/conversation-settings';
import { builtInModel } from '../../../src/core/models/built-in';
import { presetSettings } from '../../../src/core/settings/presets';
import { Adherence } from '../../../src/stores/prompt/adherence.svelte';
import { Presets } from '../../../src/stores/settings/presets.svelte';
import { ScriptedEngine, scriptedChat, scriptedModels } from './scripted-chat';

// Lazily loaded code is unavailable, as on a page that lost its network.
const missing = vi.hoisted(() => () => {
  throw new TypeError('Failed to fetch dynamically imported module');
});
vi.mock('../../../src/core/models/custom-model', missing);
vi.mock('../../../src/stores/models/adding-models.svelte', missing);
vi.mock('../../../src/core/prompt/pin-verdict', missing);
vi.mock('../../../src/core/settings/preset-file', missing);
vi.mock('../../../src/core/prompt/model-request', missing);
vi.mock('../../../src/stores/prompt/prompt-planner', missing);
vi.stubGlobal('navigator', { onLine: true });

describe('if lazily loaded code is unavailable', () => {
  it('the app starts with Corral’s own models, and says why none can be added', async () => {
    const { models, saved } = scriptedModels(new ScriptedEngine());
    saved.own = [{ id: 'own-1', name: 'Mine' }];
    await models.start();
    expect(models).toMatchObject({ chosen: builtInModel, state: { phase: 'stored' } });
    const file = new File(['GGUF'], 'm.gguf');
    expect(await models.add((adding) => adding.files([file]))).toBe(false);
    expect(models.own.error?.code).toBe('engine-file-missing');
    expect(saved.own).toEqual([{ id: 'own-1', name: 'Mine' }]);
  });

  it('an answer says so, no view of the window is shown, and settings stay as they were', async () => {
    const { chat, ask } = await scriptedChat();
    await chat.window.update([], chat.settings.current);
    expect(chat.window.view).toBeNull();
    await ask('One');
    const answer = chat.turns.at(-1) as AnswerTurn;
    expect(answer).toMatchObject({ state: 'failed', error: { code: 'engine-file-missing' } });
    const error = await chat.settings.change({ systemPrompt: 'Be brief.' });
    expect(error?.code).toBe('engine-file-missing');
    expect(chat.settings.current.systemPrompt).toBe('');
  });

  it('stored presets are neither shown nor overwritten', async () => {
    const save = vi.fn(async () => {});
    const presets = new Presets(
      {
        load: async () => [{ name: 'Mine', settings: {} }],
        save,
      },
      () => Promise.reject(new Error('no snippets')),
    );
    await presets.start();
    expect([presets.own, presets.error?.code]).toEqual([[], 'engine-file-missing']);
    expect(await presets.import(new File(['{}'], 'presets.json'))).toBeNull();
    expect(presets.save('New', presetSettings(defaultSettings))).toBe(false);
    expect(save).not.toHaveBeenCalled();
  });

  it('no answer is judged', async () => {
    const adherence = new Adherence(async () => true);
    const turn: AnswerTurn = {
      role: 'assistant',
      id: 'a',
      parentId: null,
      text: 'Yes.',
      atMs: 0,
      state: 'done',
      modelId: builtInModel.id,
      pinned: 'Be brief.',
    };
    const pinCheck = { kind: 'max-words', count: 3 } as const;
    const settings = { ...defaultSettings, pinned: 'Be brief.', pinCheck };
    await adherence.prepare([turn], settings);
    expect(adherence.verdict(turn, settings)).toBe('unclear');
  });
});
