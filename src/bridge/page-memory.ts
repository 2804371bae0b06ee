/** Measures the main memory of the page and its workers. */

/** Browsers answer with their next garbage collection, which Chromium may delay for twenty seconds. */
const timeoutMs = 30_000;

/** In bytes; null if the browser does not report it. Only Chromium reports it, and only in isolated pages. */
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
