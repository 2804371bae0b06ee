/**
 * One engine for all tabs and frames that share Corral's storage: the page that holds the lock holds the
 * engine, and the others use it over channels. If the holder goes, the next page takes its place. Reasons:
 * docs/decisions/0027-one-engine.md.
 */
import { engineHolderLock } from '../protocol/engine';
import { AppError } from '../protocol/errors';
import { newId } from '../protocol/new-id';
import type { EngineBroker } from './engine-broker';
import { HolderConnection, ClientConnection } from './engine-channel';
import type { EngineLink } from './engine-client';

/** Messages on the channel of all pages. */
type Announcement =
  /** A new page wants to use the engine, over a channel named after its id. */
  | { readonly type: 'entered'; readonly id: string }
  /** The page with this id now holds the engine, and listens. */
  | { readonly type: 'holder'; readonly id: string };

const neverResolves = new Promise<never>(() => {});

const ownName = (name: string, id: string) => `${name}:${id}`;

export interface SharedEngineOptions {
  readonly openBroker: () => EngineBroker;
  /** The former holder is gone, and its open requests are lost. */
  readonly onMoved: (link: EngineLink, error: AppError) => void;
}

export class SharedEngine {
  readonly #options: SharedEngineOptions;
  readonly #name = engineHolderLock();
  readonly #id = newId();
  /** Settles once there is a link to the engine. */
  #link: Promise<EngineLink> | null = null;

  constructor(options: SharedEngineOptions) {
    this.#options = options;
  }

  /** Finds the shared engine, or opens it here. */
  link(): Promise<EngineLink> {
    return (this.#link ??= this.#find());
  }

  async #find(): Promise<EngineLink> {
    const { locks } = navigator;
    if (!locks || !('BroadcastChannel' in globalThis)) return linkTo(this.#options.openBroker());
    const all = new BroadcastChannel(this.#name);
    const held = await new Promise<EngineLink | null>((resolve) => {
      void locks.request(this.#name, { ifAvailable: true }, (lock) => {
        resolve(lock && this.#hold(all));
        return lock ? neverResolves : undefined;
      });
    });
    return held ?? this.#connectToHolder(all);
  }

  /** Holds the engine, for this page and all others. */
  #hold(all: BroadcastChannel): EngineLink {
    const broker = this.#options.openBroker();
    const clients = new Map<string, ClientConnection>();
    all.onmessage = ({ data }: MessageEvent<Announcement | null>) => {
      if (data?.type !== 'entered') return;
      const served =
        clients.get(data.id) ?? new ClientConnection(broker, ownName(this.#name, data.id));
      clients.set(data.id, served);
      served.announceReady(this.#id);
    };
    const announcement: Announcement = { type: 'holder', id: this.#id };
    all.postMessage(announcement);
    return linkTo(broker);
  }

  /** Uses the holder's engine, and waits to take its place. */
  async #connectToHolder(all: BroadcastChannel): Promise<EngineLink> {
    const { locks } = navigator;
    const name = ownName(this.#name, this.#id);
    // The lock shows that this page is open.
    await new Promise<void>((resolve) => {
      void locks.request(name, () => {
        resolve();
        return neverResolves;
      });
    });
    const own = new BroadcastChannel(name);
    const succession = new AbortController();
    const useOwn = () => {
      succession.abort();
      all.onmessage = null;
      this.#replace(connection, linkTo(this.#options.openBroker()));
    };
    const enter = () => {
      const announcement: Announcement = { type: 'entered', id: this.#id };
      all.postMessage(announcement);
    };
    let connection = new HolderConnection(own, useOwn);
    all.onmessage = ({ data }: MessageEvent<Announcement | null>) => {
      if (data?.type !== 'holder' || data.id === connection.holderId) return;
      if (connection.holderId !== null) {
        const next = new HolderConnection(own, useOwn);
        this.#replace(connection, next.ready);
        connection = next;
      }
      enter();
    };
    enter();
    locks
      .request(this.#name, { signal: succession.signal }, () => {
        this.#replace(connection, this.#hold(all));
        return neverResolves;
      })
      .catch(() => {
        // This page has its own engine by now.
      });
    return connection.ready;
  }

  #replace(connection: HolderConnection, next: EngineLink | Promise<EngineLink>): void {
    this.#link = Promise.resolve(next);
    connection.end(next);
    this.#options.onMoved(connection.link, new AppError('engine-moved'));
  }
}

/** A link to this page's own broker. */
export function linkTo(broker: EngineBroker): EngineLink {
  return {
    open: (receive) => {
      const client = broker.serve(receive);
      return (message) => client.receive(message);
    },
  };
}
