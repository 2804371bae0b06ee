/** Answers a site's requests to the model, one after another. */
import { readCompletionParams } from '../../core/embed/completion-params';
import { modelAsAsked } from '../../core/prompt/model-request';
import { readJsonSchema } from '../../core/prompt/json-schema';
import { SiteError } from '../../protocol/site-error';
import type { ModelEngine } from '../../bridge/engine-client';
import type { Finish, GenerateParams, Usage } from '../../protocol/engine';
import { AppError } from '../../protocol/errors';
import { type CompletionParams, type FrameMessage, widgetLimits } from '../../protocol/widget';
import type { ContextWindow } from '../prompt/context-window.svelte';
import type { Models } from '../models/models.svelte';
import { nameForSites, SiteAnswer } from './site-answer';
import type { SitePermission } from './site-permission.svelte';
import type { SiteUsage } from './site-usage.svelte';

export interface SiteCompletionsOptions {
  readonly engine: ModelEngine;
  readonly models: Models;
  /** A context window separate from the chat's: the speed of counting would reveal what was counted before. */
  readonly window: ContextWindow;
  readonly use: SiteUsage;
  readonly permission: SitePermission;
  /** Chooses the model with this id; throws a SiteError. */
  readonly choose: (modelId: string) => Promise<void>;
  readonly post: (message: FrameMessage) => void;
  /** An error's code and text for the site. */
  readonly describe: (error: AppError | SiteError) => { code: string; message: string };
}

export class SiteCompletions {
  readonly #options: SiteCompletionsOptions;
  readonly #running = new Map<number, AbortController>();
  #tail: Promise<void> = Promise.resolve();

  constructor(options: SiteCompletionsOptions) {
    this.#options = options;
  }

  complete(id: number, params: CompletionParams | null): void {
    // Two requests with the same id could not be distinguished.
    if (this.#running.has(id)) return;
    const controller = new AbortController();
    const limit = widgetLimits.waitingRequests;
    if (this.#running.size >= limit) {
      return this.#fail(id, new SiteError('too-many-requests', { limit }));
    }
    this.#running.set(id, controller);
    this.#tail = this.#tail
      .then(() => this.#run(id, params, controller.signal))
      .catch((cause: unknown) => {
        const { reason } = controller.signal;
        const error = reason instanceof SiteError ? reason : cause;
        this.#fail(id, error instanceof SiteError ? error : AppError.from(error, 'engine-failed'));
      })
      .finally(() => this.#running.delete(id));
  }

  abort(id: number): void {
    this.#running.get(id)?.abort();
  }

  /** The visitor has revoked the permission. */
  revoke(): void {
    for (const controller of this.#running.values()) {
      controller.abort(new SiteError('permission-revoked'));
    }
  }

  async #run(id: number, params: CompletionParams | null, signal: AbortSignal): Promise<void> {
    const { permission, use } = this.#options;
    signal.throwIfAborted();
    if (!params) throw new SiteError('completion-invalid');
    const format = responseFormat(params);
    if (!(await permission.request())) throw new SiteError('permission-denied');
    use.begin();
    try {
      await this.#answer(id, params, format, signal);
    } finally {
      use.end();
    }
  }

  async #answer(
    id: number,
    params: CompletionParams,
    format: GenerateParams['responseFormat'],
    signal: AbortSignal,
  ): Promise<void> {
    const { models, use, choose, post } = this.#options;
    await use.turn(signal);
    if (params.model !== undefined) await choose(params.model);
    const { exchanges, settings: wished } = readCompletionParams(params, models.chosen);
    // An answer in JSON cannot begin with thoughts.
    const settings = format ? { ...wished, thinking: 'off' as const } : wished;
    signal.throwIfAborted();
    await models.ensureReady();
    signal.throwIfAborted();
    const { state } = models;
    if (format && !(state.phase === 'ready' && state.json)) {
      throw new SiteError('json-unsupported');
    }
    const model = modelAsAsked(models.chosen, settings);
    const answer = new SiteAnswer(model, exchanges, settings, format);
    for (let finish: Finish | 'paused' = 'paused'; finish === 'paused';) {
      const pause = await use.turn(signal);
      finish = await this.#write(id, answer, signal, pause);
      if (finish !== 'paused') post({ type: 'done', id, finish, usage: answer.usage });
    }
  }

  /** Continues the answer until it ends or has to pause, which frees the engine for others. */
  async #write(
    id: number,
    answer: SiteAnswer,
    signal: AbortSignal,
    pause: AbortSignal,
  ): Promise<Finish | 'paused'> {
    const { engine, models, window, permission, use, post } = this.#options;
    const isPaused = () => pause.aborted && !signal.aborted;
    // The engine may have worked for another client in the meantime.
    await models.ensureReady();
    if (models.chosen.id !== answer.model.id) throw new AppError('model-not-loaded');
    const plan = await answer.plan((...asked) => window.planRequest(...asked));
    if (!plan) return 'length';
    signal.throwIfAborted();
    if (answer.isNew) post({ type: 'started', id, model: nameForSites(answer.model) });
    answer.isNew = false;
    const meter = new UsageMeter((ms) => {
      use.spent(ms);
      void permission.check().then((allowed) => allowed || this.revoke());
    });
    try {
      const options = {
        signal: AbortSignal.any([signal, pause]),
        owner: `site ${permission.origin}`,
      };
      for await (const event of engine.generate(plan.prompt, answer.params, options)) {
        meter.tick();
        if (event.type === 'token') {
          const text = answer.add(event.text);
          if (text !== '') post({ type: 'delta', id, text });
        } else if (event.type === 'done') {
          meter.end(event.usage);
          signal.throwIfAborted();
          answer.count(event.usage);
          return event.finish === 'aborted' && isPaused() ? 'paused' : event.finish;
        }
      }
      throw new AppError('engine-died');
    } catch (cause) {
      // The request was still waiting in the queue.
      if (isPaused() && AppError.isInstance(cause) && cause.code === 'aborted') return 'paused';
      throw cause;
    } finally {
      meter.flush();
    }
  }

  #fail(id: number, error: AppError | SiteError): void {
    this.#options.post({ type: 'failed', id, error: this.#options.describe(error) });
  }
}

/** Throws `schema-unsupported` for a schema that an answer could not be restricted to. */
function responseFormat(params: CompletionParams): GenerateParams['responseFormat'] {
  const { json, schema, jsonSchema } = params;
  if (!schema) return json ? 'json' : undefined;
  if (jsonSchema === undefined) throw new SiteError('schema-unsupported');
  const read = readJsonSchema(jsonSchema);
  if ('fault' in read) throw new SiteError('schema-unsupported', { at: read.fault.slice(0, 200) });
  return { schema: jsonSchema };
}

const reportIntervalMs = 1000;

class UsageMeter {
  readonly #report: (ms: number) => void;
  #lastMs: number | null = null;
  #countedMs = 0;
  #unreportedMs = 0;

  constructor(report: (ms: number) => void) {
    this.#report = report;
  }

  /** Called at each event of the engine. The time before the first event may have been another client's. */
  tick(): void {
    const nowMs = performance.now();
    if (this.#lastMs !== null) this.#add(nowMs - this.#lastMs);
    this.#lastMs = nowMs;
    if (this.#unreportedMs >= reportIntervalMs) this.flush();
  }

  /** Adds the rest of the engine's own times, which include the time before its first event. */
  end({ prefillMs, decodeMs }: Usage): void {
    this.#add(Math.max(0, prefillMs + decodeMs - this.#countedMs));
  }

  flush(): void {
    if (this.#unreportedMs > 0) this.#report(this.#unreportedMs);
    this.#unreportedMs = 0;
  }

  #add(ms: number): void {
    this.#countedMs += ms;
    this.#unreportedMs += ms;
  }
}
