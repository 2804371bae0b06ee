/**
 * A frame without an origin, in which workers run what a model wrote where it can do nothing. The frame is made
 * of text, so it needs no server and works offline; it inherits the page's policy, which allows its one script
 * by hash, and adds its own, which allows no connection at all. What its workers need is handed in.
 */
import { sandboxPolicy } from '../core/response-headers';
import { trustedMarkup } from '../core/trusted-markup';
import { type SandboxReply, type SandboxRequest, sandboxHello } from '../protocol/sandbox';

export interface SandboxParts {
  readonly program: string;
  readonly wasm: ArrayBuffer;
}

export interface SandboxFrameOptions {
  /** The text of workers/sandbox/frame.js, to the letter. */
  readonly frameScript: string;
  /** Called for each frame that is opened, and may reject. */
  readonly load: (signal?: AbortSignal) => Promise<SandboxParts>;
}

export interface RunLimits {
  /** Until the worker is ready for the guest. */
  readonly startMs: number;
  /** For the guest. */
  readonly runMs: number;
}

type Reply<Type extends SandboxReply['type']> = Extract<SandboxReply, { type: Type }>;
export type RunReply = Reply<'finished'> | Reply<'timed-out'> | Reply<'broken'>;

/** Beyond the time limits, after which the frame itself must have gone: out of memory, say. */
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
}

export class SandboxFrame {
  readonly #options: SandboxFrameOptions;
  #frame: OpenFrame | null = null;
  #nextId = 1;

  constructor(options: SandboxFrameOptions) {
    this.#options = options;
  }

  /**
   * One run at a time, of what `inputOf` gives once the sandbox is loaded. Rejects if the sandbox itself could
   * not be loaded or set up, and with the signal's reason when that is given: what ran has ended then.
   */
  async run(
    inputOf: () => unknown,
    { startMs, runMs }: RunLimits,
    signal?: AbortSignal,
  ): Promise<RunReply> {
    signal?.throwIfAborted();
    const frame = (this.#frame ??= await this.#open(signal));
    const id = this.#nextId++;
    const wholeMs = startMs + runMs + graceMs;
    const reply = await this.#ask(
      frame,
      { type: 'run', id, input: inputOf(), startMs, runMs },
      wholeMs,
      signal,
    );
    if (reply === null) return { id, type: 'timed-out', isStarted: true };
    return reply.type === 'ready'
      ? { id, type: 'broken', isStarted: false, message: 'not asked' }
      : reply;
  }

  close(): void {
    this.#frame?.port.close();
    this.#frame?.element.remove();
    this.#frame = null;
  }

  async #open(signal?: AbortSignal): Promise<OpenFrame> {
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
    const { port1, port2 } = new MessageChannel();
    element.contentWindow?.postMessage(sandboxHello, '*', [port2]);
    const frame = { element, port: port1 };
    this.#frame = frame;
    const reply = await this.#ask(frame, { type: 'set-up', ...parts }, setUpMs, signal);
    if (reply?.type === 'ready') return frame;
    this.close();
    throw new Error(reply?.type === 'broken' ? reply.message : 'the sandbox did not answer');
  }

  /** Null, with the frame closed, if it does not answer in time. */
  #ask(
    { port }: OpenFrame,
    request: SandboxRequest,
    limitMs: number,
    signal?: AbortSignal,
  ): Promise<SandboxReply | null> {
    const id = request.type === 'run' ? request.id : 0;
    return new Promise((resolve, reject) => {
      const end = (settle: () => void) => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        settle();
      };
      const timer = setTimeout(() => {
        this.close();
        end(() => resolve(null));
      }, limitMs);
      const onAbort = () => {
        this.close();
        end(() => reject(signal?.reason as Error));
      };
      signal?.addEventListener('abort', onAbort);
      port.onmessage = ({ data }: MessageEvent<SandboxReply>) => {
        // The frame's own words, which no guest can speak: only `output` is what a worker said.
        if (data.id === id) end(() => resolve(data));
      };
      port.postMessage(request, request.type === 'set-up' ? [request.wasm] : []);
    });
  }
}
