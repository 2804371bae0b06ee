/**
 * What the app itself has stored, from within a frame on another site, where the browser keeps that apart:
 * weights are there once, and not once a site. Only handles are asked for, not cookies.
 */
import type { UseStore } from 'idb-keyval';
import { settingsNames } from './settings';
import { loadPermits, noteSiteUse, permitSite, revokeSite } from './site-permits';
import { listStoredModels, openModel, weightsNames } from './weights';

/** The part of the Storage Access API that is used; not in TypeScript's library yet. */
interface StorageAccessDocument {
  requestStorageAccess?(types: {
    indexedDB: true;
  }): Promise<{ indexedDB?: IDBFactory } | undefined>;
}

export interface FirstParty {
  listStored(): ReturnType<typeof listStoredModels>;
  openModel(weightsId: string): ReturnType<typeof openModel>;
  loadPermits(): ReturnType<typeof loadPermits>;
  permitSite(origin: string): Promise<void>;
  noteSiteUse(origin: string): Promise<void>;
  revokeSite(origin: string): Promise<void>;
}

export const canAskFirstParty = givesDatabases();

/**
 * Safari and Firefox give access to cookies alone: they would ask the visitor for nothing. Chromium shows no
 * interface to look for, so a document that nobody sees is asked: it refuses, but reads what was wanted.
 */
function givesDatabases(): boolean {
  let isRead = false;
  const unseen = document.implementation.createHTMLDocument('') as StorageAccessDocument;
  const asked = unseen.requestStorageAccess?.({
    get indexedDB() {
      isRead = true;
      return true as const;
    },
  });
  void asked?.catch(() => undefined);
  return isRead;
}

/** Within a click. Null where the browser, or the visitor, does not allow it. */
export async function askFirstParty(): Promise<FirstParty | null> {
  try {
    const access = (document as StorageAccessDocument).requestStorageAccess?.({ indexedDB: true });
    // A browser that knows only cookies gives no handle.
    const factory = (await access)?.indexedDB;
    return factory ? firstPartyOf(factory) : null;
  } catch {
    return null;
  }
}

/** Without asking anybody: null unless it was allowed on this site before. */
export async function firstPartyIfAllowed(): Promise<FirstParty | null> {
  try {
    const { state } = await navigator.permissions.query({ name: 'storage-access' });
    return state === 'granted' ? await askFirstParty() : null;
  } catch {
    return null; // not a permission that this browser knows
  }
}

function firstPartyOf(factory: IDBFactory): FirstParty {
  const weights = openStore(factory, weightsNames);
  const settings = openStore(factory, settingsNames);
  return {
    listStored: () => listStoredModels(weights),
    openModel: (weightsId) => openModel(weightsId, weights),
    loadPermits: () => loadPermits(settings),
    permitSite: (origin) => permitSite(origin, settings),
    noteSiteUse: (origin) => noteSiteUse(origin, settings),
    revokeSite: (origin) => revokeSite(origin, settings),
  };
}

/** As `createStore` of idb-keyval, which knows only the frame's own databases. */
function openStore(factory: IDBFactory, [database, name]: readonly [string, string]): UseStore {
  let opening: Promise<IDBDatabase> | undefined;
  const open = () =>
    (opening ??= new Promise((resolve, reject) => {
      const request = factory.open(database);
      request.onupgradeneeded = () => request.result.createObjectStore(name);
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error as Error);
    }));
  return async (mode, work) => work((await open()).transaction(name, mode).objectStore(name));
}
