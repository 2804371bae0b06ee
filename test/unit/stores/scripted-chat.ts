/** A chat with the real stores, a storage in memory and an engine with scripted answers. */
import { vi } from 'vitest';
import { dateOf } from '../../../src/core/prompt/as-of-date';
import type { Capabilities } from '../../../src/core/models/choose-engine';
import type { Downloads } from '../../../src/bridge/download-client';
import type { GenerateEvent, ModelEngine } from '../../../src/bridge/engine-client';
import type { ModelFacts } from '../../../src/protocol/download';
import type { GenerateParams, Loaded, Prompt } from '../../../src/protocol/engine';
import type { AppError } from '../../../src/protocol/errors';
import { Chat } from '../../../src/stores/chat/chat.svelte';
import { Models } from '../../../src/stores/models/models.svelte';
import type { ModelsOptions } from '../../../src/stores/models/models-options';
import { Restarts } from '../../../src/stores/models/restarts.svelte';
import { Undo } from '../../../src/stores/chat/undo.svelte';
import { MemoryStorage, whenIdle } from './memory-storage';

const usage = { promptTokens: 9, cachedTokens: 0, completionTokens: 2, prefillMs: 1, decodeMs: 1 };

export interface Asked {
  readonly text: string;
  readonly params: GenerateParams;
}

/** Answers with the next text of the script; waits before the end of an answer while `isHeld`. */
export class ScriptedEngine {
  readonly script: (string | AppError)[] = [];
  readonly asked: Asked[] = [];
  readonly loaded: string[] = [];
  finish: 'stop' | 'length' = 'stop';
  isHeld = false;
  /** The size of the loaded model's context window. */
  contextTokens = 2048;
  /** The model that another tab has loaded. */
  elsewhere: Loaded | null = null;
  #release: () => void = () => {};

  /** Lets the held answer end. */
  release(): void {
    this.isHeld = false;
    this.#release();
  }

  readonly port: ModelEngine = {
    load: async ({ modelId, engine }) => {
      this.loaded.push(modelId);
      return { engine, threads: 1, contextTokens: this.contextTokens, json: true };
    },
    generate: (prompt, params, { signal } = {}) => this.#generate(prompt, params, signal),
    // One token for each word and each control token.
    countTokens: async (prompt) => prompt.map(({ text }) => text.split(/\s+/).length),
    choiceProbabilities: async () => [0, 0, 0, 0, 1],
    unload: async () => {},
    adopt: () => this.elsewhere,
  };

  async *#generate(
    prompt: Prompt,
    params: GenerateParams,
    signal?: AbortSignal,
  ): AsyncGenerator<GenerateEvent, void> {
    this.asked.push({ text: prompt.map(({ text }) => text).join(''), params });
    const answer = this.script.shift() ?? 'Yes.';
    if (typeof answer !== 'string') throw answer;
    yield { type: 'token', text: answer };
    if (this.isHeld) {
      await new Promise<void>((resolve) => {
        this.#release = resolve;
        signal?.addEventListener('abort', () => resolve());
      });
    }
    const finish = signal?.aborted ? 'aborted' : this.finish;
    yield { type: 'done', finish, usage };
  }
}

const facts: ModelFacts = {
  name: '',
  licence: '',
  sizeBytes: 1000,
  contextTokens: 2048,
  quantisation: '',
  template: "{{'<|im_start|>'}}",
  largestTensorBytes: 0,
};

export const capabilities: Capabilities = {
  gpu: { state: 'no-webgpu' },
  crossOriginIsolated: true,
  cores: 2,
  sharedMemory: true,
  isMobile: false,
};

/** The models of a device without a GPU; `stored` has the ids of stored weights. */
export function scriptedModels(
  engine: ScriptedEngine,
  {
    stored = new Set(['smollm2-135m']),
    ...changes
  }: Partial<ModelsOptions> & { stored?: Set<string> } = {},
) {
  const forgotten: string[] = [];
  const saved = { choice: undefined as string | undefined, own: [] as unknown, forgotten };
  const downloaded: string[] = [];
  const downloads: { -readonly [K in keyof Downloads]: Downloads[K] } = {
    download: async ({ modelId }) => {
      downloaded.push(modelId);
      stored.add(modelId);
    },
    inspect: async () => facts,
    list: async () => ({ commit: '0'.repeat(40), files: [] }),
    discard: async () => {},
    verify: async () => ({ damagedFiles: 0, files: 1 }),
  };
  const options: ModelsOptions = {
    engine: engine.port,
    downloads,
    storage: {
      persist: async () => {},
      loadChoice: async () => saved.choice,
      saveChoice: async (id) => void (saved.choice = id),
      loadAcceptances: async () => ({}),
      saveAcceptance: async () => {},
      loadCustomModels: async () => saved.own,
      saveCustomModels: async (models) => void (saved.own = structuredClone(models)),
      listStored: async () =>
        Object.fromEntries([...stored].map((id) => [id, { bytes: 1000, isWhole: true }])) as never,
      delete: async (id) => void stored.delete(id),
      forgetHashes: async (id) => void saved.forgotten.push(id),
      readSpace: async () => ({}) as never,
    },
    capabilities: async () => capabilities,
    site: { baseUrl: 'https://corral.test/', mirror: '', pins: {} },
    modelHosts: ['huggingface.co'],
    ...changes,
  };
  return { models: new Models(options), downloads, stored, saved, downloaded };
}

/** Its model is stored, but not loaded yet. */
export async function scriptedChat() {
  const engine = new ScriptedEngine();
  const memory = new MemoryStorage();
  const { models, stored } = scriptedModels(engine);
  await models.start();
  const undo = new Undo();
  const chat = new Chat({
    engine: engine.port,
    models,
    undo,
    storage: memory.tab((change) => chat.sessions.onStorageChange(change)),
    restarts: new Restarts(models),
    matchPattern: async () => true,
    today: () => dateOf(2026, 11, 28),
  });
  const texts = () => chat.turns.map(({ text }) => text);
  /** Sends a message and waits for the answer. */
  const ask = async (text: string) => {
    chat.send(text);
    await ended();
  };
  const ended = async () => {
    await whenIdle();
    // Lazily loaded code takes its time on a busy machine.
    await vi.waitUntil(() => !chat.busy, { timeout: 30_000, interval: 5 });
    await whenIdle();
  };
  return { chat, engine, memory, models, stored, undo, texts, ask, ended };
}
