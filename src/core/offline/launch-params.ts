/** Finds launch parameters in the address; small, since every page runs it when it opens. */

const names = ['open', 'protocol', 'prompt', 'shared'];

/**
 * The fragment, or else the query: until 2026-11-28 the parameters were there, and installed apps and links
 * still use it.
 */
export function launchParams(url: string): URLSearchParams {
  const { hash, searchParams } = new URL(url);
  const words = new URLSearchParams(hash.slice(1));
  return names.some((name) => words.has(name)) ? words : searchParams;
}

/** Whether the address has a parameter that `readLaunch` reads. */
export function isLaunch(url: string): boolean {
  return names.some((name) => launchParams(url).has(name));
}
