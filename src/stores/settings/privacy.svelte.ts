/** What was fetched since the page was opened, from where and when; and whether the engine is sealed. */

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
  /** Those that the policy lets Corral connect to, besides its own site. */
  readonly modelHosts: readonly string[];

  constructor(modelHosts: readonly string[]) {
    this.modelHosts = modelHosts;
  }

  /** Follows what the page itself fetches; workers, the service worker too, tell by `fetched`. */
  watch(): void {
    const observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as PerformanceResourceTiming[]) {
        // What the service worker answered is a fetch only if it had to make one, and then it tells.
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
