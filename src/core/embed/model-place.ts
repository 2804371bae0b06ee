/** What a frame may fetch for the one site that it is on, where every site has a storage of its own. */

/** The built-in model and the likes of it; whatever is larger is fetched once, by the app itself. */
const perSiteBytes = 150_000_000;

export function mayFetchPerSite({ downloadBytes }: { downloadBytes: number }): boolean {
  return downloadBytes <= perSiteBytes;
}
