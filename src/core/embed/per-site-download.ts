/** Which models a frame may download for its one site, if each site has its own storage. */

/** Enough for the built-in model; larger models are downloaded once, by the app itself. */
const perSiteBytes = 150_000_000;

export function mayDownloadPerSite({ downloadBytes }: { downloadBytes: number }): boolean {
  return downloadBytes <= perSiteBytes;
}
