/** Fetches what a port requests, if the target allows it, and sends it in parts. */
import {
  type FetchEvent,
  type FetchTarget,
  type FetchRequest,
  partsAhead,
  plainName,
} from '../../src/protocol/fetch';

/** The headers that the download worker reads. */
const passedHeaders = ['content-length', 'content-range', 'content-type', 'etag'];

interface Running {
  readonly controller: AbortController;
  /** How many more parts may be sent. */
  credit: number;
  onCredit: () => void;
}

export function serveFetches(port: MessagePort, target: FetchTarget): void {
  const running = new Map<number, Running>();
  port.onmessage = ({ data }: MessageEvent<FetchRequest>) => {
    const { id } = data;
    if (data.type === 'get') {
      const one: Running = {
        controller: new AbortController(),
        credit: partsAhead,
        onCredit: () => {},
      };
      running.set(id, one);
      void send(port, target, data, one).finally(() => running.delete(id));
      return;
    }
    const one = running.get(id);
    if (!one) return;
    if (data.type === 'cancel') one.controller.abort();
    else one.credit += 1;
    one.onCredit();
  };
}

async function send(
  port: MessagePort,
  target: FetchTarget,
  { id, url, range }: Extract<FetchRequest, { type: 'get' }>,
  one: Running,
): Promise<void> {
  const post = (event: FetchEvent, transfer: Transferable[] = []) =>
    port.postMessage(event, transfer);
  const { signal } = one.controller;
  try {
    if (!isAt(target, url)) throw new TypeError('not an address of the target');
    const response = await fetch(url, {
      signal,
      cache: 'no-store',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      ...(range === '' ? {} : { headers: { Range: range } }),
    });
    const headers = passedHeaders.flatMap((name) => {
      const value = response.headers.get(name);
      return value === null ? [] : [[name, value] as const];
    });
    post({ type: 'answer', id, status: response.status, headers: Object.fromEntries(headers) });
    const reader = response.body?.getReader();
    for (;;) {
      const { value: bytes } = (await reader?.read()) ?? {};
      if (!bytes) break;
      while (one.credit === 0 && !signal.aborted) {
        await new Promise<void>((resolve) => (one.onCredit = resolve));
      }
      signal.throwIfAborted();
      one.credit -= 1;
      post({ type: 'part', id, bytes }, [bytes.buffer]);
    }
    post({ type: 'end', id });
  } catch {
    post({ type: 'failed', id });
  }
}

/** Exported for its tests. */
export function isAt({ files, folder }: FetchTarget, url: string): boolean {
  if (files.includes(url)) return true;
  return folder !== null && url.startsWith(folder) && plainName.test(url.slice(folder.length));
}
