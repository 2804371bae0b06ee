/**
 * A frame without an origin, in which workers run a model's code with no access to anything. The frame is made of text,
 * so it needs no server and works offline. It inherits the page's policy, which allows its one script by hash, and adds
 * its own, which allows no connection. The page sends it everything that its workers need.
 */
import { sandboxPolicy } from '../core/response-headers';
import { mostPrinted } from '../core/markdown/printed-text';
import { trustedMarkup } from '../core/trusted-markup';
import { AppError } from '../protocol/errors';
import type { EventMessage } from '../protocol/requests';
import {
  type SandboxEvent,
  sandboxHandshake,
  type SandboxPrinted,
  type SandboxRequest,
} from '../protocol/sandbox';
import { Requests } from './requests';

export interface SandboxParts {
  readonly program: string;
  readonly wasm: ArrayBuffer;
}

export interface SandboxFrameOptions {
  /** The exact text of workers/sandbox/frame.js. */
  readonly frameScript: string;
  /** Called for each new frame; may reject. */
  readonly load: (signal?: AbortSignal) => Promise<SandboxParts>;
}

export interface RunLimits {
  /** The time limit until the worker is ready to run the guest. */
  readonly startMs: number;
  /** The time limit of the guest. */
  readonly runMs: number;
}

export interface RunOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called as the guest prints, with its own data. Without it, a guest that prints is ended. */
  readonly onPrinted?: (text: string) => void;
}

export type RunResult = Exclude<SandboxEvent, { type: 'ready' } | SandboxPrinted>;

/** The time after the limits until the frame itself counts as dead, for example out of memory. */
const graceMs = 3000;
const setUpMs = 60_000;

/** The frame's document. */
const frameText = (script: string) =>
  trustedMarkup(
    'corral-sandbox',
    `<!doctype html><meta http-equiv="Content-Security-Policy" content="${sandboxPolicy}"><script>${script}</script>`,
  );

interface OpenFrame {
  readonly element: HTMLIFrameElement;
  readonly port: MessagePort;
  readonly requests: Requests<SandboxRequest, SandboxEvent>;
}

export class SandboxFrame {
  readonly #options: SandboxFrameOptions;
  #frame: OpenFrame | null = null;

  constructor(options: SandboxFrameOptions) {
    this.#options = options;
  }

  /**
   * Runs one input at a time; `inputOf` gives it once the sandbox is loaded. Rejects if the sandbox itself
   * could not be loaded or set up, and with the signal's reason after an abort, which ends the run.
   */
  async run(
    inputOf: () => unknown,
    { startMs, runMs }: RunLimits,
    options: RunOptions = {},
  ): Promise<RunResult> {
    options.signal?.throwIfAborted();
    const frame = (this.#frame ??= await this.#open(options));
    const request: SandboxRequest = {
      type: 'run',
      input: inputOf(),
      startMs,
      runMs,
      mostPrinted: options.onPrinted ? mostPrinted : 0,
    };
    const event = await this.#ask(frame, request, startMs + runMs + graceMs, options);
    if (event === null) return { type: 'timed-out', isStarted: true };
    return event.type === 'ready' || event.type === 'printed'
      ? { type: 'broken', isStarted: false, message: 'not asked' }
      : event;
  }

  close(): void {
    const frame = this.#frame;
    this.#frame = null;
    frame?.port.close();
    frame?.element.remove();
    frame?.requests.end(new AppError('aborted'));
  }

  async #open({ signal }: RunOptions): Promise<OpenFrame> {
    const parts = await this.#options.load(signal);
    signal?.throwIfAborted();
    const element = document.createElement('iframe');
    element.setAttribute('sandbox', 'allow-scripts');
    element.hidden = true;
    element.title = 'sandbox';
    element.srcdoc = frameText(this.#options.frameScript);
    await new Promise((resolve) => {
      element.onload = resolve;
      document.body.append(element);
    });
    const { port1: port, port2 } = new MessageChannel();
    element.contentWindow?.postMessage(sandboxHandshake, '*', [port2]);
    const requests = new Requests<SandboxRequest, SandboxEvent>({
      post: (message, transfer) => port.postMessage(message, transfer),
      lastEvents: ['ready', 'finished', 'timed-out', 'broken'],
    });
    // Only the frame posts here, never a guest; only `output` and `text` come from a worker.
    port.onmessage = ({ data }: MessageEvent<EventMessage<SandboxEvent>>) => requests.receive(data);
    const frame = { element, port, requests };
    this.#frame = frame;
    const event = await this.#ask(frame, { type: 'set-up', ...parts }, setUpMs, { signal });
    if (event?.type === 'ready') return frame;
    this.close();
    throw new Error(event?.type === 'broken' ? event.message : 'the sandbox did not answer');
  }

  /** Null after a timeout, with the frame closed. */
  async #ask(
    { requests }: OpenFrame,
    request: SandboxRequest,
    limitMs: number,
    { signal, onPrinted }: RunOptions,
  ): Promise<SandboxEvent | null> {
    const close = () => this.close();
    const timer = setTimeout(close, limitMs);
    signal?.addEventListener('abort', close);
    try {
      const transfer = request.type === 'set-up' ? [request.wasm] : [];
      let last: SandboxEvent | null = null;
      for await (const event of requests.open(request, { transfer })) {
        if (event.type === 'printed') onPrinted?.(event.text);
        else last = event;
      }
      return last;
    } catch {
      signal?.throwIfAborted();
      return null;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', close);
    }
  }
}
