/** Where a frame keeps which sites may use the model. */
import { allowSite, loadSites, revokeSite } from '../storage/settings';
import { isSiteRefused, refuseSite } from '../storage/widget-chats';
import type { SitePermissionStorage } from '../stores/site-permission.svelte';
import type { FrameWeights } from './weights';

/** The app's own list, where it is within reach, is the one that counts. */
export function sitesOf(reach: Pick<FrameWeights, 'firstParty'>): SitePermissionStorage {
  return {
    isAllowed: async (site) => {
      const sites = await (reach.firstParty?.loadSites() ?? loadSites());
      return Object.hasOwn(sites, site);
    },
    allow: (site) => reach.firstParty?.allowSite(site, Date.now()) ?? allowSite(site, Date.now()),
    revoke: async (site) => {
      await revokeSite(site);
      await reach.firstParty?.revokeSite(site);
    },
    isRefused: isSiteRefused,
    refuse: refuseSite,
  };
}
