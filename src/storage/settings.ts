/** The visitor's choices, in IndexedDB. */
import { clear, createStore, get, promisifyRequest, update } from 'idb-keyval';

export const settingsNames = ['corral-settings', 'values'] as const;
export const settingsStore = createStore(...settingsNames);
const store = settingsStore;

/** Commits without waiting for a result: a page that is being closed gets none. */
function put(key: string, value: unknown): Promise<void> {
  return store('readwrite', (values) => {
    values.put(value, key);
    values.transaction.commit();
    return promisifyRequest(values.transaction);
  });
}

/** The chosen model's id; undefined if the visitor never chose. */
export async function loadModelChoice(): Promise<string | undefined> {
  const value = await get<unknown>('model', store);
  return typeof value === 'string' ? value : undefined;
}

export function saveModelChoice(modelId: string): Promise<void> {
  return put('model', modelId);
}

/** The accepted version of each licence and the time of acceptance, by the licence's name. */
export async function loadAcceptances(): Promise<Record<string, Acceptance>> {
  return (await get<Record<string, Acceptance>>('acceptances', store)) ?? {};
}

export function saveAcceptance(licence: string, acceptance: Acceptance): Promise<void> {
  return update<Record<string, Acceptance>>(
    'acceptances',
    (all) => ({ ...all, [licence]: acceptance }),
    store,
  );
}

/** The models that the visitor added, as stored: unchecked. */
export function loadCustomModels(): Promise<unknown> {
  return get<unknown>('own-models', store);
}

export async function saveCustomModels(models: readonly object[]): Promise<void> {
  await put('own-models', models);
  customModelsChannel()?.postMessage('saved');
}

/** Calls back when another tab has saved them. */
export function watchCustomModels(onChange: () => void): void {
  customModelsChannel()?.addEventListener('message', onChange);
}

let channel: BroadcastChannel | undefined;

/**
 * The same channel object sends and receives, so that a tab does not get its own messages. Null without
 * BroadcastChannel.
 */
function customModelsChannel(): BroadcastChannel | undefined {
  if ('BroadcastChannel' in globalThis) channel ??= new BroadcastChannel('corral-own-models');
  return channel;
}

/** The visitor's presets, as stored: unchecked. */
export function loadPresets(): Promise<unknown> {
  return get<unknown>('presets', store);
}

export function savePresets(presets: readonly object[]): Promise<void> {
  return put('presets', presets);
}

export function clearSettings(): Promise<void> {
  return clear(store);
}

interface Acceptance {
  readonly version: string;
  readonly atMs: number;
}
