/** The loader's link to one frame: makes the frame, sends it a port, and matches events to requests. */
import {
  type Connect,
  type FrameMessage,
  type HostMessage,
  type WidgetError,
  type WidgetOptions,
  widgetVersion,
} from '../protocol/widget';
import { parseFrameMessage } from '../protocol/widget-frame-messages';

/** A frame whose page was refused never answers. */
const answerTimeoutMs = 30_000;
/** In Firefox, a frame whose page was refused or not reached does not even load. */
const loadTimeoutMs = 60_000;

/** Not `new URL(…, import.meta.url)`, which a bundler would take for a file of its build. */
const scriptUrl = import.meta.url;
/**
 * Relative to the script with the fixed name or to the one with a version in its path: see `vite/widget.ts`.
 */
const frameAddress = import.meta.env['FRAME_ADDRESS'] as string;
const frameUrl = new URL(frameAddress, scriptUrl);

type FrameEvent = Extract<FrameMessage, { id: number }>;
export type Notice = Exclude<FrameMessage, FrameEvent | { type: 'refused' }>;
type Request = HostMessage extends infer M
  ? M extends { id: number }
    ? Omit<M, 'id'>
    : never
  : never;

/** Each of them ends its request. */
const lastEvents: readonly FrameEvent['type'][] = ['done', 'failed', 'model-list'];

interface Pending {
  readonly events: FrameEvent[];
  error: CorralError | null;
  wake(): void;
}

export interface Call {
  /** Rejects with a CorralError once no more events can come. */
  next(): Promise<FrameEvent>;
  /** The caller needs no more events: the frame may stop. */
  end(): void;
}

export class FrameLink {
  readonly frame = document.createElement('iframe');
  /** Resolves once the frame has answered. */
  readonly connected: Promise<void>;
  #port: MessagePort | null = null;
  #waiting: HostMessage[] = [];
  #error: CorralError | null = null;
  #nextId = 1;
  readonly #pending = new Map<number, Pending>();
  readonly #onNotice: (notice: Notice) => void;
  #connect!: { resolve(): void; reject(error: CorralError): void };
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: () => WidgetOptions, onNotice: (notice: Notice) => void) {
    this.#onNotice = onNotice;
    this.connected = new Promise((resolve, reject) => (this.#connect = { resolve, reject }));
    this.connected.catch(() => {}); // callers get the error
    const { frame } = this;
    frame.src = frameUrl.href;
    frame.allow = 'clipboard-write; cross-origin-isolated; storage-access';
    frame.referrerPolicy = 'no-referrer';
    // Also when the frame reloads itself.
    frame.addEventListener('load', () => this.#sendConnect(options()));
  }

  /** The frame loads from now on. */
  appendTo(parent: Element): void {
    parent.append(this.frame);
    this.#expectWithin(loadTimeoutMs);
  }

  post(message: HostMessage): void {
    if (this.#port) this.#port.postMessage(message);
    else if (!this.#error) this.#waiting.push(message);
  }

  call(request: Request): Call {
    const id = this.#nextId++;
    const pending: Pending = { events: [], error: this.#error, wake: () => {} };
    this.#pending.set(id, pending);
    this.post({ ...request, id } as HostMessage);
    const next = async (): Promise<FrameEvent> => {
      for (;;) {
        const event = pending.events.shift();
        if (event) {
          if (lastEvents.includes(event.type)) this.#pending.delete(id);
          if (event.type === 'failed') throw CorralError.from(event.error);
          return event;
        }
        if (pending.error) throw pending.error;
        await new Promise<void>((resolve) => (pending.wake = resolve));
      }
    };
    const end = () => {
      if (this.#pending.delete(id)) this.post({ type: 'abort', id });
    };
    return { next, end };
  }

  close(): void {
    this.#end({ code: 'widget-gone', message: 'The chat was taken out of the page.' });
    this.frame.remove();
  }

  #sendConnect(options: WidgetOptions): void {
    this.#port?.close();
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => this.#receive(port1, data);
    const connect: Connect = { type: 'corral-connect', version: widgetVersion, options };
    this.#expectWithin(answerTimeoutMs);
    // Only a page of that origin gets the port, even if the frame shows another page by now.
    this.frame.contentWindow?.postMessage(connect, frameUrl.origin, [port2]);
  }

  #expectWithin(timeoutMs: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refuse(unreachable()), timeoutMs);
  }

  #receive(port: MessagePort, data: unknown): void {
    const message = parseFrameMessage(data);
    if (!message) return;
    if (message.type === 'refused') return this.#refuse(message.error);
    if ('id' in message) {
      const pending = this.#pending.get(message.id);
      pending?.events.push(message);
      return pending?.wake();
    }
    if (message.type === 'connected') {
      clearTimeout(this.#timer);
      this.#port = port;
      for (const waiting of this.#waiting.splice(0)) this.post(waiting);
      this.#connect.resolve();
    }
    this.#onNotice(message);
  }

  #refuse(error: WidgetError): void {
    if (this.#error) return;
    logError(error);
    this.#end(error);
    this.#onNotice({ type: 'error', error });
  }

  #end(reason: WidgetError): void {
    clearTimeout(this.#timer);
    this.#error ??= CorralError.from(reason);
    this.#port?.close();
    this.#port = null;
    this.#waiting = [];
    this.#connect.reject(this.#error);
    for (const pending of this.#pending.values()) {
      pending.error = this.#error;
      pending.wake();
    }
  }
}

const unreachable = (): WidgetError => ({
  code: 'widget-unreachable',
  message: `No answer from ${frameUrl.href}: it may be offline, may not let ${location.origin} embed it, or lack the Cross-Origin-Embedder-Policy and Cross-Origin-Resource-Policy that a page with such a policy asks of it.`,
});

/** The error that the loader throws. */
class CorralError extends Error {
  override readonly name = 'CorralError';

  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }

  static from({ code, message }: WidgetError): CorralError {
    return new CorralError(code, message);
  }
}

/** Logs one line for the page's developer. */
function logError({ code, message }: WidgetError): void {
  console.error(`corral-chat: ${message} (${code})`);
}
