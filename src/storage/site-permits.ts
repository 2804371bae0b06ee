/**
 * The sites that may use the visitor's model, stored with the app's settings. `of` is another settings store,
 * for a frame that may read the app's own.
 */
import { get, update, type UseStore } from 'idb-keyval';
import {
  readPermits,
  type SitePermits,
  withoutPermit,
  withPermit,
  withUse,
} from '../core/embed/site-permits';
import { settingsStore } from './settings';

const key = 'sites';

export async function loadPermits(of: UseStore = settingsStore): Promise<SitePermits> {
  return readPermits(await get<unknown>(key, of), Date.now());
}

export function permitSite(origin: string, of: UseStore = settingsStore): Promise<void> {
  return change(origin, withPermit, of);
}

/** Records that the site uses the model now. */
export function recordSiteUse(origin: string, of: UseStore = settingsStore): Promise<void> {
  return change(origin, withUse, of);
}

export function revokeSite(origin: string, of: UseStore = settingsStore): Promise<void> {
  return change(origin, withoutPermit, of);
}

/** Expired permissions are dropped with the next change. */
function change(origin: string, next: typeof withPermit, of: UseStore): Promise<void> {
  return update<unknown>(key, (stored) => next(stored, origin, Date.now()), of);
}
