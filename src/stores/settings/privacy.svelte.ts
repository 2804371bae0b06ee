/** Records every fetch since the page was opened, by host and time, and whether the engine is sealed. */

export interface HostRecord {
  readonly host: string;
  readonly requests: number;
  readonly bytes: number;
  readonly lastMs: number;
}

export class Privacy {
  /** Null until an engine has run. */
  sealed = $state<boolean | null>(null);
  /** By host, the latest first. */
  hosts = $state.raw<readonly HostRecord[]>([]);
  /** Hosts that the policy allows besides Corral's own. */
  readonly modelHosts: readonly string[];

  constructor(modelHosts: readonly string[]) {
    this.modelHosts = modelHosts;
  }

  /** Follows the page's own fetches; workers and the service worker report theirs through `fetched`. */
  watch(): void {
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
        // The service worker reports its own fetches. An answer from its cache is not a fetch.
        if (entry.workerStart > 0) continue;
        this.fetched(entry.name, entry.transferSize, performance.timeOrigin + entry.startTime);
      }
    });
    observer.observe({ type: 'resource', buffered: true });
  }

  fetched(url: string, bytes: number, atMs: number): void {
    const host = hostOf(url);
    if (host === '') return; // data: and blob: never leave the page
    const before = this.hosts.find((record) => record.host === host);
    const record = {
      host,
      requests: (before?.requests ?? 0) + 1,
      bytes: (before?.bytes ?? 0) + bytes,
      lastMs: Math.max(before?.lastMs ?? 0, atMs),
    };
    const others = this.hosts.filter((other) => other.host !== host);
    this.hosts = [record, ...others].sort((a, b) => b.lastMs - a.lastMs);
  }
}

function hostOf(url: string): string {
  return /^https?:\/\/([^/?#]+)/.exec(url)?.[1] ?? '';
}
