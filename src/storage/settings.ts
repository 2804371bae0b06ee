/** What a visitor chose, in IndexedDB. */
import { clear, createStore, get, set, update } from 'idb-keyval';

export const settingsNames = ['corral-settings', 'values'] as const;
export const settingsStore = createStore(...settingsNames);
const store = settingsStore;

/** The chosen model's id; undefined if the visitor never chose. */
export async function loadModelChoice(): Promise<string | undefined> {
  const value = await get<unknown>('model', store);
  return typeof value === 'string' ? value : undefined;
}

export function saveModelChoice(modelId: string): Promise<void> {
  return set('model', modelId, store);
}

/** Which version of a licence was accepted, and when, by the licence's name. */
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

/** The models that the visitor added, as they were saved; whoever reads them checks them. */
export function loadOwnModels(): Promise<unknown> {
  return get<unknown>('own-models', store);
}

export function saveOwnModels(models: readonly object[]): Promise<void> {
  return set('own-models', models, store);
}

/** The presets that the visitor made, as they were saved; whoever reads them checks them. */
export function loadPresets(): Promise<unknown> {
  return get<unknown>('presets', store);
}

export function savePresets(presets: readonly object[]): Promise<void> {
  return set('presets', presets, store);
}

export function clearSettings(): Promise<void> {
  return clear(store);
}

interface Acceptance {
  readonly version: string;
  readonly atMs: number;
}
