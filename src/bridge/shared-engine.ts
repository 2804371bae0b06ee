/**
 * One engine for all frames of Corral that share a storage, which are those of one site: whoever holds the
 * lock holds the engine, and the others ask it over a channel. If it goes, the next one takes its place.
 */
import type { ShareEvent, ShareRequest } from '../protocol/engine-share';
import { newId } from '../protocol/new-id';
import type { DeskClient, EngineDesk } from './engine-desk';
import type { RemoteEngine } from './remote-engine';

type Message =
  | { readonly from: string; readonly request: ShareRequest }
  | { readonly to: string; readonly event: ShareEvent };

/** A frame in a tab that the browser has frozen holds its lock, and answers nothing. */
const takenTimeoutMs = 20_000;

/** Finds the engine that is shared, or opens it here. */
export async function joinSharedEngine(
  engine: RemoteEngine,
  openDesk: () => EngineDesk,
): Promise<void> {
  const { locks } = navigator;
  if (!locks || !('BroadcastChannel' in globalThis)) return attachOwn(engine, openDesk());
  // Threads work only where pages are isolated: what one of them has loaded, the other cannot use.
  const name = `corral-shared-engine:${crossOriginIsolated ? 'isolated' : 'plain'}`;
  const channel = new BroadcastChannel(name);
  const forEver = new Promise<never>(() => {});
  const host = () => {
    const desk = openDesk();
    serveOthers(desk, channel, name);
    attachOwn(engine, desk);
    return forEver;
  };
  const isHost = await new Promise<boolean>((resolve) => {
    void locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? host() : undefined;
    });
  });
  if (isHost) return;
  const id = newId();
  await new Promise<void>((held) => {
    void locks.request(clientLock(name, id), () => {
      held();
      return forEver;
    });
  });
  const successor = new AbortController();
  const onSilence = () => {
    successor.abort();
    attachOwn(engine, openDesk());
  };
  follow(engine, { channel, id, onSilence });
  locks.request(name, { signal: successor.signal }, host).catch(() => {
    // This frame has an engine of its own by now.
  });
}

const clientLock = (name: string, id: string) => `${name}:${id}`;

function attachOwn(engine: RemoteEngine, desk: EngineDesk): void {
  const client: DeskClient = desk.serve((event) => receive(event));
  const receive = engine.attach((request) => client.request(request));
}

function serveOthers(desk: EngineDesk, channel: BroadcastChannel, name: string): void {
  const clients = new Map<string, DeskClient>();
  const post = (message: Message) => channel.postMessage(message);
  const enter = (from: string) => {
    const client = desk.serve((event) => post({ to: from, event }));
    clients.set(from, client);
    // It is free once that frame is gone.
    void navigator.locks.request(clientLock(name, from), () => {
      clients.delete(from);
      client.leave();
    });
    return client;
  };
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if ('from' in data) (clients.get(data.from) ?? enter(data.from)).request(data.request);
  };
}

interface Following {
  readonly channel: BroadcastChannel;
  readonly id: string;
  readonly onSilence: () => void;
}

function follow(engine: RemoteEngine, { channel, id, onSilence }: Following): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const receive = engine.attach((request) => {
    const message: Message = { from: id, request };
    channel.postMessage(message);
    if (request.type !== 'abort') timer ??= setTimeout(onSilence, takenTimeoutMs);
  });
  channel.onmessage = ({ data }: MessageEvent<Message>) => {
    if (!('to' in data) || data.to !== id) return;
    clearTimeout(timer);
    timer = undefined;
    receive(data.event);
  };
}
