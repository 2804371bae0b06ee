/** What a visitor chose, in IndexedDB. */
import { clear, createStore, get, set, update, type UseStore } from 'idb-keyval';

const names = ['corral-settings', 'values'] as const;
const store = createStore(...names);

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

/** When each site was allowed to use the model, by its origin. */
export type SitesAllowed = Readonly<Record<string, { readonly atMs: number }>>;

/** `from` is another storage's settings, for a frame that may see the app's own. */
export async function loadSites(from: UseStore = store): Promise<SitesAllowed> {
  return (await get<SitesAllowed>('sites', from)) ?? {};
}

export function allowSite(origin: string, atMs: number, into: UseStore = store): Promise<void> {
  return update<SitesAllowed>('sites', (all) => ({ ...all, [origin]: { atMs } }), into);
}

export function revokeSite(origin: string, from: UseStore = store): Promise<void> {
  return update<SitesAllowed>(
    'sites',
    (all) => Object.fromEntries(Object.entries(all ?? {}).filter(([site]) => site !== origin)),
    from,
  );
}

export const settingsNames = names;

export function clearSettings(): Promise<void> {
  return clear(store);
}

interface Acceptance {
  readonly version: string;
  readonly atMs: number;
}
