/**
 * Runs what a model wrote where it can do nothing: in a worker, inside a frame without an origin. The frame
 * is made of text, so it needs no server and works offline; it inherits the page's policy, which allows its
 * one script by hash, and adds its own, which allows no connection at all.
 */
import { type SandboxReply, type SandboxRequest, sandboxHello } from '../protocol/sandbox';
import type { CodeCall, CodeResult } from '../core/evaluate/javascript-task';
import { sandboxFrameHash } from '../core/response-headers';

export type CodeRun =
  | { readonly type: 'results'; readonly results: readonly CodeResult[] }
  | { readonly type: 'timed-out' }
  | { readonly type: 'broken'; readonly message: string };

export interface CodeSandboxOptions {
  /** The text of workers/sandbox/frame.js, to the letter. */
  readonly frameScript: string;
  /** The text of workers/sandbox.worker.ts as it was built. */
  readonly loadWorker: () => Promise<string>;
  readonly timeoutMs?: number;
}

const policy = `default-src 'none'; script-src '${sandboxFrameHash}'; worker-src blob:`;

/** Beyond the time limit, after which the frame itself must have gone: out of memory, say. */
const graceMs = 3000;

export class CodeSandbox {
  readonly #options: CodeSandboxOptions;
  #frame: { readonly element: HTMLIFrameElement; readonly port: MessagePort } | null = null;
  #worker: Promise<string> | null = null;
  #nextId = 1;

  constructor(options: CodeSandboxOptions) {
    this.#options = options;
  }

  /** One program at a time. Rejects only if the sandbox itself could not be loaded. */
  async run(code: string, entryPoint: string, calls: readonly CodeCall[]): Promise<CodeRun> {
    if (!/^[A-Za-z_$][\w$]*$/.test(entryPoint)) throw new TypeError('not a name');
    this.#worker ??= this.#options.loadWorker();
    const program = `${await this.#worker}\n;self.corralRun(function () {\n${code}\n;return typeof ${entryPoint} === 'undefined' ? undefined : ${entryPoint};\n});`;
    const { port } = (this.#frame ??= await this.#open());
    const timeoutMs = this.#options.timeoutMs ?? 3000;
    const request: SandboxRequest = {
      id: this.#nextId++,
      program,
      calls: JSON.stringify(calls.map(({ args }) => args)),
      timeoutMs,
    };
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.close();
        resolve({ type: 'timed-out' });
      }, timeoutMs + graceMs);
      port.onmessage = ({ data }: MessageEvent<unknown>) => {
        const run = readReply(data, request.id, calls.length);
        if (!run) return;
        clearTimeout(timer);
        resolve(run);
      };
      port.postMessage(request);
    });
  }

  close(): void {
    this.#frame?.port.close();
    this.#frame?.element.remove();
    this.#frame = null;
  }

  async #open() {
    const { frameScript } = this.#options;
    const element = document.createElement('iframe');
    element.setAttribute('sandbox', 'allow-scripts');
    element.hidden = true;
    element.title = 'sandbox';
    element.srcdoc = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${policy}"><script>${frameScript}</script>`;
    await new Promise((resolve) => {
      element.onload = resolve;
      document.body.append(element);
    });
    const { port1, port2 } = new MessageChannel();
    element.contentWindow?.postMessage(sandboxHello, '*', [port2]);
    return { element, port: port1 };
  }
}

/** Null for what is not a reply to that request. */
function readReply(data: unknown, id: number, most: number): CodeRun | null {
  const reply = data as Partial<SandboxReply> | null;
  if (reply?.id !== id) return null;
  switch (reply.type) {
    case 'results': {
      const results = Array.isArray(reply.results) ? (reply.results as unknown[]) : [];
      return { type: 'results', results: results.slice(0, most).map(readResult) };
    }
    case 'timed-out':
      return { type: 'timed-out' };
    default: {
      const { message } = reply as { message?: unknown };
      return { type: 'broken', message: typeof message === 'string' ? message : '' };
    }
  }
}

function readResult(result: unknown): CodeResult {
  const { type, value, message } = (result ?? {}) as Record<string, unknown>;
  if (type === 'value') return { type, value };
  return { type: 'thrown', message: typeof message === 'string' ? message : '' };
}
