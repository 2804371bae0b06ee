/** Network access through the fetching worker; this worker has none of its own. */
import { type FetchEvent, type FetchRequest } from '../../src/protocol/fetch';

export interface AskOptions {
  readonly signal: AbortSignal;
  /** Such as `bytes=0-1999999`. */
  readonly range?: string;
}

/**
 * Works like `fetch`: rejects with a TypeError if no server answers, and with the signal's reason. Reading the
 * body fails in the same ways.
 */
export type Ask = (url: string, options: AskOptions) => Promise<Response>;

/** A running request. `receive` is called with each event. */
interface Pending {
  receive(event: FetchEvent): void;
}

/** `port` is the fetching worker's; null for files that need no network. */
export function networkOf(port: MessagePort | null | undefined): Ask {
  const pending = new Map<number, Pending>();
  let lastId = 0;
  const post = (request: FetchRequest) => port?.postMessage(request);
  if (port) {
    port.onmessage = ({ data }: MessageEvent<FetchEvent>) => pending.get(data.id)?.receive(data);
  }
  return (url, { signal, range = '' }) => {
    if (!port) return Promise.reject(new TypeError('there is no network here'));
    const id = ++lastId;
    const parts = new Parts(() => post({ type: 'more', id }));
    return new Promise<Response>((resolve, reject) => {
      const end = (reason: unknown) => {
        pending.delete(id);
        signal.removeEventListener('abort', onAbort);
        parts.end(reason);
        reject(reason as Error); // no effect after an answer
      };
      const cancel = (reason: unknown) => {
        post({ type: 'cancel', id });
        end(reason);
      };
      const onAbort = () => cancel(signal.reason);
      const receive = (event: FetchEvent) => {
        if (event.type === 'part') parts.add(event.bytes);
        else if (event.type === 'end') end(null);
        else if (event.type === 'failed') end(new TypeError('the connection failed'));
        else resolve(answerOf(event, parts.stream(cancel)));
      };
      if (signal.aborted) return end(signal.reason);
      signal.addEventListener('abort', onAbort);
      pending.set(id, { receive });
      post({ type: 'get', id, url, range });
    });
  };
}

/** Some statuses, such as 204, must not have a body. */
function answerOf(
  { status, headers }: Extract<FetchEvent, { type: 'answer' }>,
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
): Response {
  const hasBody = ![101, 103, 204, 205, 304].includes(status);
  return new Response(hasBody ? body : null, { status, headers });
}

/** Parts that have arrived but are not read yet. */
class Parts {
  readonly #onRead: () => void;
  readonly #parts: Uint8Array<ArrayBuffer>[] = [];
  /** Undefined while more may come, null after the last part; otherwise the error. */
  #end: unknown;
  #onChange = () => {};

  constructor(onRead: () => void) {
    this.#onRead = onRead;
  }

  add(bytes: Uint8Array<ArrayBuffer>): void {
    this.#parts.push(bytes);
    this.#onChange();
  }

  /** Parts that have arrived can still be read, unless there was an error. */
  end(reason: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = reason;
    this.#onChange();
  }

  stream(onCancel: (reason: unknown) => void): ReadableStream<Uint8Array<ArrayBuffer>> {
    return new ReadableStream(
      {
        pull: async (controller) => {
          while (this.#parts.length === 0 && this.#end === undefined) {
            await new Promise<void>((resolve) => (this.#onChange = resolve));
          }
          const part = this.#end ? undefined : this.#parts.shift();
          if (part) {
            controller.enqueue(part);
            this.#onRead();
          } else if (this.#end === null) controller.close();
          else controller.error(this.#end);
        },
        cancel: onCancel,
      },
      { highWaterMark: 0 },
    );
  }
}
