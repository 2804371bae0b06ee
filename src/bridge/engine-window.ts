/** A frame's side of the Corral window that runs its engine. */
import type {
  WindowFetch,
  WindowFetchEvent,
  WindowHandshake,
  WindowMessage,
  WindowEvent,
} from '../protocol/engine-window';
import { AppError, assertNever } from '../protocol/errors';
import type { DownloadOptions } from './download-client';
import type { BrokerMessage } from './engine-broker';
import type { EngineLink } from './engine-client';
import { openAppWindow } from './popup-handshake';
import { Requests } from './requests';

const pollMs = 1000;
const handshakeType: WindowHandshake['type'] = 'corral-window';

export interface EngineWindowEvents {
  readonly onStored: (weightsIds: readonly string[]) => void;
  readonly onClosed: () => void;
}

export class EngineWindow {
  readonly #port: MessagePort;
  readonly #fetches: Requests<WindowFetch, WindowFetchEvent>;
  #receive = (_message: BrokerMessage) => {};

  /** The link to the window's engine. */
  readonly link: EngineLink = {
    open: (receive) => {
      this.#receive = receive;
      return (message) => this.#post({ type: 'engine', message });
    },
  };

  /** Must be called within a click. Resolves once the window answers; rejects if it cannot. */
  static async open(url: string, site: string, events: EngineWindowEvents): Promise<EngineWindow> {
    const { opened, port } = await openAppWindow(url, handshakeType);
    const window = new EngineWindow(opened, port, events);
    window.#post({ type: 'site', site });
    return window;
  }

  private constructor(opened: Window, port: MessagePort, events: EngineWindowEvents) {
    this.#port = port;
    this.#fetches = new Requests({
      post: (message) => this.#post({ type: 'download', message }),
      lastEvents: ['fetched'],
    });
    port.onmessage = ({ data }: MessageEvent<WindowEvent>) => this.#onEvent(data, events);
    const timer = setInterval(() => {
      if (!opened.closed) return;
      clearInterval(timer);
      port.close();
      this.#fetches.end(new AppError('aborted'));
      events.onClosed();
    }, pollMs);
  }

  /** As `Downloads.download`, but stores the model in the window's storage. */
  async fetch(modelId: string, { signal, onProgress }: DownloadOptions): Promise<void> {
    for await (const event of this.#fetches.open({ type: 'fetch', modelId }, { signal })) {
      if (event.type === 'progress') onProgress(event.receivedBytes, event.totalBytes);
    }
  }

  #post(message: WindowMessage): void {
    this.#port.postMessage(message);
  }

  #onEvent(event: WindowEvent, { onStored }: EngineWindowEvents): void {
    switch (event.type) {
      case 'engine':
        return this.#receive(event.message);
      case 'download':
        return this.#fetches.receive(event.message);
      case 'stored':
        return onStored(event.weightsIds);
      default:
        assertNever(event);
    }
  }
}
