/** The start of both engine workers: serves a port, and holds the lock that shows that the worker is running. */
import type { EngineConnect, EngineStarted } from '../src/protocol/engine';
import { EngineHost, type OpenEngine } from './engine-host';

declare const self: DedicatedWorkerGlobalScope;

export function serveEngine(openEngine: OpenEngine): void {
  self.onmessage = ({ data }: MessageEvent<EngineConnect>) => {
    new EngineHost(data.port, openEngine);
    const never = new Promise<void>(() => {});
    const start = async () => {
      const started: EngineStarted = { type: 'started', sealed: await isSealed() };
      self.postMessage(started);
      return never;
    };
    void (navigator.locks ? navigator.locks.request(data.lockName, start) : start());
  };
}

/** A `data:` address needs no network, but a policy that forbids connections forbids it too. */
async function isSealed(): Promise<boolean> {
  try {
    await fetch('data:,');
    return false;
  } catch {
    return true;
  }
}
