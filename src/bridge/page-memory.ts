/** What the page and its workers take of main memory. */

/** Browsers answer with their next garbage collection; Chromium lets that wait for up to twenty seconds. */
const timeoutMs = 30_000;

/** Null where the browser does not tell: it does so only to isolated pages, and only in Chromium so far. */
export async function measurePageMemory(): Promise<number | null> {
  const { measureUserAgentSpecificMemory } = performance as {
    measureUserAgentSpecificMemory?: () => Promise<{ bytes: number }>;
  };
  if (!measureUserAgentSpecificMemory || !crossOriginIsolated) return null;
  const measured = measureUserAgentSpecificMemory
    .call(performance)
    .then(({ bytes }) => bytes)
    .catch(() => null);
  const tooLate = new Promise<null>((resolve) => setTimeout(() => resolve(null), timeoutMs));
  return Promise.race([measured, tooLate]);
}
