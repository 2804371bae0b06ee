/**
 * The app's own storage, from within a frame on another site, where the browser partitions storage: weights are
 * then stored once, not once for each site. It requests only storage handles, not cookies.
 */
import type { UseStore } from 'idb-keyval';
import { settingsNames } from './settings';
import { loadPermits, recordSiteUse, permitSite, revokeSite } from './site-permits';
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
  recordSiteUse(origin: string): Promise<void>;
  revokeSite(origin: string): Promise<void>;
}

export const canAskFirstParty = givesDatabases();

/**
 * Safari and Firefox grant only cookies, so asking the visitor would be useless. Chromium has no property that shows
 * its support. So the request is made on a detached document: it is refused, but only Chromium reads the `indexedDB`
 * option.
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

/** Must be called within a click. Null if the browser or the visitor refuses. */
export async function askFirstParty(): Promise<FirstParty | null> {
  try {
    const access = (document as StorageAccessDocument).requestStorageAccess?.({ indexedDB: true });
    // A browser that grants only cookies returns no handle.
    const factory = (await access)?.indexedDB;
    return factory ? firstPartyOf(factory) : null;
  } catch {
    return null;
  }
}

/** Does not ask the visitor: null unless access was allowed on this site before. */
export async function firstPartyIfAllowed(): Promise<FirstParty | null> {
  try {
    const { state } = await navigator.permissions.query({ name: 'storage-access' });
    return state === 'granted' ? await askFirstParty() : null;
  } catch {
    return null; // the browser does not know this permission
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
    recordSiteUse: (origin) => recordSiteUse(origin, settings),
    revokeSite: (origin) => revokeSite(origin, settings),
  };
}

/** As `createStore` of idb-keyval, but for a given factory. */
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
