/** Where a frame stores which sites may use the model. */
import { loadPermits, recordSiteUse, permitSite, revokeSite } from '../storage/site-permits';
import {
  allowSiteHere,
  forgetSiteHere,
  isSiteAllowedHere,
  isSiteRefused,
  refuseSite,
} from '../storage/widget-chats';
import type { FirstParty } from '../storage/first-party';
import type { SitePermissionStorage } from '../stores/embed/site-permission.svelte';
import type { FrameWeights } from './frame-weights';

type PermitList = Pick<FirstParty, 'loadPermits' | 'permitSite' | 'recordSiteUse' | 'revokeSite'>;

const own: PermitList = { loadPermits, permitSite, recordSiteUse, revokeSite };

/**
 * Lasting permissions are only in the app's own list, where a visitor can find and revoke them. A frame with
 * partitioned storage remembers a permission until its tab is closed.
 */
export function sitesOf(
  reach: Pick<FrameWeights, 'firstParty'>,
  isApart: boolean,
): SitePermissionStorage {
  const list = (): PermitList | null => reach.firstParty ?? (isApart ? null : own);
  return {
    isAllowed: async (site) =>
      isSiteAllowedHere(site) || Object.hasOwn((await list()?.loadPermits()) ?? {}, site),
    allow: async (site) => list()?.permitSite(site) ?? allowSiteHere(site),
    recordUse: async (site) => list()?.recordSiteUse(site),
    revoke: async (site) => {
      forgetSiteHere(site);
      await list()?.revokeSite(site);
    },
    isRefused: isSiteRefused,
    refuse: refuseSite,
    isPersistent: () => list() !== null,
  };
}
