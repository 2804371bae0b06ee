/** Both sides of the channel between a page that asks for answers and the page that holds the engine. */
import { lastEngineEvents, type SharedRequest } from '../protocol/engine';
import type { RequestMessage } from '../protocol/requests';
import type { BrokerClient, BrokerMessage, EngineBroker } from './engine-broker';
import type { EngineLink } from './engine-client';
import { startWatchdog } from './watchdog';

/** The messages besides engine requests and events. */
type ControlMessage =
  /** The holder is listening. */
  | { readonly control: 'ready'; readonly holderId: string }
  /** Asks the holder to report what is loaded. */
  | { readonly control: 'open' }
  | { readonly control: 'ping' }
  | { readonly control: 'pong' };

type ToHolder = RequestMessage<SharedRequest> | ControlMessage;
type FromHolder = BrokerMessage | ControlMessage;

/** A tab that the browser has frozen keeps its lock but does not answer. */
const unresponsiveMs = 20_000;

/** The asking page's side, while another page holds the engine. */
export class HolderConnection {
  holderId: string | null = null;
  /** Resolves once the holder listens, or with the link that replaces it. */
  readonly ready: Promise<EngineLink>;
  readonly #channel: BroadcastChannel;
  readonly #onUnresponsive: () => void;
  readonly #open = new Set<number>();
  #settle = (_link: EngineLink | Promise<EngineLink>) => {};
  #receive = (_message: BrokerMessage) => {};
  /** Runs until the holder is ready, and then while a request is open. */
  #watchdog: ReturnType<typeof startWatchdog> | null = null;
  #isOver = false;

  constructor(channel: BroadcastChannel, onUnresponsive: () => void) {
    this.#channel = channel;
    this.#onUnresponsive = onUnresponsive;
    this.ready = new Promise((resolve) => (this.#settle = resolve));
    channel.onmessage = ({ data }: MessageEvent<FromHolder | null>) => this.#onMessage(data);
    this.#watch();
  }

  readonly link: EngineLink = {
    open: (receive) => {
      this.#receive = receive;
      this.#post({ control: 'open' });
      return (message) => {
        if (this.#isOver) return;
        if (message.type !== 'abort') this.#open.add(message.id);
        this.#watch();
        this.#post(message);
      };
    },
  };

  /** Ends the connection; requests go to `next` from now on. */
  end(next: EngineLink | Promise<EngineLink>): void {
    this.#isOver = true;
    this.#watchdog?.stop();
    this.#settle(next);
  }

  #onMessage(message: FromHolder | null): void {
    if (this.#isOver || !isMessage(message)) return;
    this.#watchdog?.reset();
    if (!('control' in message)) {
      if ('id' in message && isLast(message.type)) this.#open.delete(message.id);
      this.#receive(message);
    } else if (message.control === 'ready') {
      this.holderId = message.holderId;
      this.#settle(this.link);
    }
    if (this.#open.size > 0) return;
    this.#watchdog?.stop();
    this.#watchdog = null;
  }

  #watch(): void {
    const ping = () => this.#post({ control: 'ping' });
    this.#watchdog ??= startWatchdog(unresponsiveMs, this.#onUnresponsive, ping);
  }

  #post(message: ToHolder): void {
    this.#channel.postMessage(message);
  }
}

/** The holder's side. */
export class ClientConnection {
  readonly #channel: BroadcastChannel;
  readonly #broker: EngineBroker;
  #client: BrokerClient | null = null;

  /** `name` names both the channel and the lock that the asking page holds while it lives. */
  constructor(broker: EngineBroker, name: string) {
    this.#broker = broker;
    this.#channel = new BroadcastChannel(name);
    this.#channel.onmessage = ({ data }: MessageEvent<ToHolder | null>) => this.#onMessage(data);
    void navigator.locks.request(name, () => {
      this.#client?.leave();
      this.#channel.close();
    });
  }

  announceReady(holderId: string): void {
    this.#post({ control: 'ready', holderId });
  }

  #onMessage(message: ToHolder | null): void {
    if (!isMessage(message)) return;
    if (!('control' in message)) this.#client?.receive(message);
    else if (message.control === 'ping') this.#post({ control: 'pong' });
    else if (message.control === 'open') {
      this.#client?.leave();
      this.#client = this.#broker.serve((event) => this.#post(event));
    }
  }

  #post(message: FromHolder): void {
    this.#channel.postMessage(message);
  }
}

/** An engine's worker can post here too, so messages are not trusted. */
const isMessage = <Message>(data: Message | null): data is Message =>
  typeof data === 'object' && data !== null;

const isLast = (type: string) =>
  type === 'failed' || (lastEngineEvents as readonly string[]).includes(type);
