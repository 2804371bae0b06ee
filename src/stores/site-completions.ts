/** Answers what the site around a frame asks of the model, one request after another. */
import { answerPiece } from '../core/chat-prompt';
import { readCompletionOrder } from '../core/completion-order';
import { replyParams } from '../core/reply';
import { withSampling } from '../core/sampling';
import { SiteError } from '../core/site-error';
import type { ModelEngine } from '../engine/client';
import type { GenerateParams } from '../protocol/engine';
import { AppError } from '../protocol/errors';
import { type CompletionOrder, type FrameMessage, widgetLimits } from '../protocol/widget';
import type { ContextWindow } from './context-window.svelte';
import type { Models } from './models.svelte';
import type { SitePermission } from './site-permission.svelte';

export interface SiteCompletionsOptions {
  readonly engine: ModelEngine;
  readonly models: Models;
  readonly window: ContextWindow;
  readonly permission: SitePermission;
  /** Takes the model of that id, or throws a SiteError. */
  readonly choose: (modelId: string) => Promise<void>;
  readonly post: (message: FrameMessage) => void;
  /** An error's code and words for the site. */
  readonly describe: (error: AppError | SiteError) => { code: string; message: string };
}

export class SiteCompletions {
  readonly #options: SiteCompletionsOptions;
  readonly #running = new Map<number, AbortController>();
  #tail: Promise<void> = Promise.resolve();

  constructor(options: SiteCompletionsOptions) {
    this.#options = options;
  }

  complete(id: number, order: CompletionOrder | null): void {
    // Two requests of one id could not be told apart.
    if (this.#running.has(id)) return;
    const controller = new AbortController();
    const limit = widgetLimits.waitingRequests;
    if (this.#running.size >= limit) {
      return this.#fail(id, new SiteError('too-many-requests', { limit }));
    }
    this.#running.set(id, controller);
    this.#tail = this.#tail
      .then(() => this.#run(id, order, controller.signal))
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

  /** The visitor has taken the permission back. */
  revoke(): void {
    for (const controller of this.#running.values()) {
      controller.abort(new SiteError('permission-revoked'));
    }
  }

  async #run(id: number, order: CompletionOrder | null, signal: AbortSignal): Promise<void> {
    const { engine, models, window, permission, choose, post } = this.#options;
    signal.throwIfAborted();
    if (!order) throw new SiteError('completion-invalid');
    if (order.schema) throw new SiteError('schema-unsupported');
    if (!(await permission.request())) throw new SiteError('permission-denied');
    if (order.model !== undefined) await choose(order.model);
    const { exchanges, settings } = readCompletionOrder(order, models.chosen);
    signal.throwIfAborted();
    await models.ensureReady();
    signal.throwIfAborted();
    const { state } = models;
    if (order.json && !(state.phase === 'ready' && state.json)) {
      throw new SiteError('json-unsupported');
    }
    const model = withSampling(models.chosen, settings.sampling);
    const { prompt, first } = await window.promptAside(exchanges, settings);
    // A chat may forget its beginning; what a site sends is read whole, or not at all.
    if (first > 0) throw new AppError('context-overflow', { contextTokens: model.contextTokens });
    post({ type: 'started', id, model: model.id });
    const params: GenerateParams = {
      ...replyParams(model, { varied: false }),
      ...(order.json ? { responseFormat: 'json' } : {}),
    };
    let isFirst = true;
    for await (const event of engine.generate(prompt, params, { signal })) {
      if (event.type === 'token' && event.text !== '') {
        const text = answerPiece(model.template, event.text, isFirst);
        isFirst = false;
        post({ type: 'delta', id, text });
      } else if (event.type === 'done') {
        signal.throwIfAborted();
        const { promptTokens, cachedTokens, completionTokens } = event.usage;
        const usage = { promptTokens, cachedTokens, completionTokens };
        post({ type: 'done', id, finish: event.finish, usage });
      }
    }
  }

  #fail(id: number, error: AppError | SiteError): void {
    this.#options.post({ type: 'failed', id, error: this.#options.describe(error) });
  }
}
