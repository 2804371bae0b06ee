/** Runs a model's JavaScript: in QuickJS, in a worker, in a frame without an origin. */
import type { CodeCall, CodeResult } from '../core/evaluate/javascript-task';
import { AppError } from '../protocol/errors';
import type { CodeInput } from '../protocol/sandbox';
import type { SandboxFrame } from './sandbox-frame';

export type CodeRun =
  | { readonly type: 'results'; readonly results: readonly CodeResult[] }
  | { readonly type: 'timed-out' }
  | { readonly type: 'broken'; readonly message: string };

const runMs = 3000;
/** QuickJS looks at the clock itself, but not within each of its own loops: then the worker is ended. */
const limits = { startMs: 20_000, runMs: runMs + 1000 };

export class CodeSandbox {
  readonly #frame: SandboxFrame;

  constructor(frame: SandboxFrame) {
    this.#frame = frame;
  }

  /** One program at a time. Rejects with an AppError, `sandbox-failed` for one, where the program did not run. */
  async run(code: string, entryPoint: string, calls: readonly CodeCall[]): Promise<CodeRun> {
    if (!/^[A-Za-z_$][\w$]*$/.test(entryPoint)) throw new TypeError('not a name');
    const input: CodeInput = {
      code,
      entryPoint,
      runMs,
      calls: calls.map(({ args }) => args.map((arg) => JSON.stringify(arg))),
    };
    const reply = await this.#frame
      .run(() => input, limits)
      .catch((cause: unknown) => {
        throw AppError.from(cause, 'sandbox-failed');
      });
    if (reply.type !== 'finished' && !reply.isStarted) {
      const cause = reply.type === 'broken' ? reply.message : 'its worker did not start in time';
      throw new AppError('sandbox-failed', {}, { cause });
    }
    switch (reply.type) {
      case 'finished':
        return readRun(reply.output, calls.length);
      case 'timed-out':
        return { type: 'timed-out' };
      case 'broken':
        return reply;
    }
  }
}

function readRun(output: unknown, most: number): CodeRun {
  const { type, results } = (output ?? {}) as { type?: unknown; results?: unknown };
  if (type === 'timed-out') return { type };
  const read = Array.isArray(results) ? (results as unknown[]) : [];
  return { type: 'results', results: read.slice(0, most).map(readResult) };
}

function readResult(result: unknown): CodeResult {
  const { type, value, message } = (result ?? {}) as Record<string, unknown>;
  if (type === 'value') return { type, value };
  return { type: 'thrown', message: typeof message === 'string' ? message.slice(0, 1000) : '' };
}
