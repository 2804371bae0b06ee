/** Where a launch stands in the address: small, since every page looks for one as it opens. */

const names = ['open', 'protocol', 'prompt', 'shared'];

/** Of the query too: until 2026-11-28 they stood there, and installed apps and links go on with it for a while. */
export function launchWords(url: string): URLSearchParams {
  const { hash, searchParams } = new URL(url);
  const words = new URLSearchParams(hash.slice(1));
  return names.some((name) => words.has(name)) ? words : searchParams;
}

/** Whether the address says anything that `readLaunch` understands. */
export function isLaunch(url: string): boolean {
  return names.some((name) => launchWords(url).has(name));
}
