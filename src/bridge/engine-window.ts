/** A frame's side of the window of Corral that answers for it. */
import type { ShareEvent, ShareRequest } from '../protocol/engine-share';
import type { WindowEvent, WindowHello, WindowRequest } from '../protocol/engine-window';
import { AppError, assertNever, fromWire } from '../protocol/errors';
import type { DownloadOptions } from './download-client';
import { openOwnWindow } from './hello';

const pollMs = 1000;
const helloType: WindowHello['type'] = 'corral-window';
interface Fetching {
  readonly onProgress: DownloadOptions['onProgress'];
  readonly done: (error: AppError | null) => void;
}

export interface EngineWindowEvents {
  readonly onStored: (weightsIds: readonly string[]) => void;
  readonly onEngine: (event: ShareEvent) => void;
  readonly onClosed: () => void;
}

export class EngineWindow {
  readonly #port: MessagePort;
  readonly #fetching = new Map<number, Fetching>();
  #nextId = 1;

  /** Within a click. Resolves once the window speaks; rejects where it cannot. */
  static async open(url: string, site: string, events: EngineWindowEvents): Promise<EngineWindow> {
    const { opened, port } = await openOwnWindow(url, helloType);
    const window = new EngineWindow(opened, port, events);
    window.#post({ type: 'site', site });
    return window;
  }

  private constructor(opened: Window, port: MessagePort, events: EngineWindowEvents) {
    this.#port = port;
    port.onmessage = ({ data }: MessageEvent<WindowEvent>) => this.#receive(data, events);
    const timer = setInterval(() => {
      if (!opened.closed) return;
      clearInterval(timer);
      port.close();
      for (const { done } of this.#fetching.values()) done(new AppError('aborted'));
      events.onClosed();
    }, pollMs);
  }

  ask(request: ShareRequest): void {
    this.#post({ type: 'engine', request });
  }

  /** As `Downloads.download`, but into the window's storage. */
  fetch(modelId: string, { signal, onProgress }: DownloadOptions): Promise<void> {
    const requestId = this.#nextId++;
    return new Promise((resolve, reject) => {
      const cancel = () => this.#post({ type: 'cancel', requestId });
      const done = (error: AppError | null) => {
        this.#fetching.delete(requestId);
        signal.removeEventListener('abort', cancel);
        if (error) reject(error);
        else resolve();
      };
      this.#fetching.set(requestId, { onProgress, done });
      signal.addEventListener('abort', cancel, { once: true });
      this.#post({ type: 'fetch', requestId, modelId });
    });
  }

  #post(request: WindowRequest): void {
    this.#port.postMessage(request);
  }

  #receive(event: WindowEvent, { onStored, onEngine }: EngineWindowEvents): void {
    switch (event.type) {
      case 'engine':
        return onEngine(event.event);
      case 'stored':
        return onStored(event.weightsIds);
      case 'fetch-progress':
        this.#fetching.get(event.requestId)?.onProgress(event.receivedBytes, event.totalBytes);
        return;
      case 'fetched':
        return this.#fetching.get(event.requestId)?.done(null);
      case 'fetch-failed':
        return this.#fetching.get(event.requestId)?.done(fromWire(event.error));
      default:
        assertNever(event);
    }
  }
}
