// Where a frame stores a permission: in the app's own list, where a visitor finds it, or for the life of its
// tab.
import { describe, expect, it, vi } from 'vitest';
import { sitesOf } from '../../../src/embed/frame-sites';
import type { FirstParty } from '../../../src/storage/first-party';

function appList() {
  const permits: Record<string, { atMs: number; usedAtMs: number }> = {};
  const recordSiteUse = vi.fn(async () => {});
  const firstParty = {
    loadPermits: async () => permits,
    permitSite: async (origin: string) => void (permits[origin] = { atMs: 0, usedAtMs: 0 }),
    recordSiteUse,
    revokeSite: async (origin: string) => void delete permits[origin],
  } as unknown as FirstParty;
  return { permits, firstParty, recordSiteUse };
}

describe('a frame with access to the app’s list', () => {
  it('stores a permission there, and loses it when it is revoked there', async () => {
    const { permits, firstParty, recordSiteUse } = appList();
    const sites = sitesOf({ firstParty }, true);
    expect(sites.isPersistent()).toBe(true);
    await sites.allow('https://listed.test');
    expect(Object.keys(permits)).toEqual(['https://listed.test']);
    await sites.recordUse('https://listed.test');
    expect(recordSiteUse).toHaveBeenCalledWith('https://listed.test');
    expect(await sites.isAllowed('https://listed.test')).toBe(true);
    expect(await sites.isAllowed('constructor')).toBe(false);
    delete permits['https://listed.test'];
    expect(await sites.isAllowed('https://listed.test')).toBe(false);
  });
});

describe('a frame with partitioned storage', () => {
  it('remembers a permission in its tab only, and revokes both', async () => {
    const { permits, firstParty } = appList();
    const reach: { firstParty: FirstParty | null } = { firstParty: null };
    const sites = sitesOf(reach, true);
    expect(sites.isPersistent()).toBe(false);
    await sites.allow('https://tab.test');
    expect(await sites.isAllowed('https://tab.test')).toBe(true);
    reach.firstParty = firstParty;
    await sites.allow('https://tab.test');
    expect(Object.keys(permits)).toEqual(['https://tab.test']);
    await sites.revoke('https://tab.test');
    expect(permits).toEqual({});
    expect(await sites.isAllowed('https://tab.test')).toBe(false);
  });
});
