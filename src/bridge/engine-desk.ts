/** Holds one engine for several who ask: one request at a time, each with the model that it names. */
import type { EngineModel, Loaded, LoadProgress, RequestId } from '../protocol/engine';
import type { ShareEvent, ShareRequest } from '../protocol/engine-share';
import { AppError, assertNever, toWire } from '../protocol/errors';
import type { ModelEngine } from './client';

type Work = Exclude<ShareRequest, { type: 'abort' }>;

export interface DeskClient {
  request(request: ShareRequest): void;
  /** It is gone: nothing is done for it any more. */
  leave(): void;
}

interface Client {
  readonly post: (event: ShareEvent) => void;
  readonly aborts: Map<RequestId, AbortController>;
}

export class EngineDesk {
  readonly #engine: ModelEngine;
  readonly #clients = new Set<Client>();
  #current: { readonly key: string; readonly loaded: Loaded } | null = null;
  /** Settles when every request so far has ended. */
  #tail: Promise<unknown> = Promise.resolve();

  /** `open` makes the engine, and is handed what is to be called when the engine loses its model. */
  constructor(open: (onLost: (error: AppError) => void) => ModelEngine) {
    this.#engine = open((error) => this.#lose(error));
  }

  serve(post: (event: ShareEvent) => void): DeskClient {
    const client: Client = { post, aborts: new Map() };
    this.#clients.add(client);
    return {
      // Whoever asks is in another page: what makes no sense is no request.
      request: (request: ShareRequest | null | undefined) => {
        if (!request) return;
        if (request.type === 'abort') client.aborts.get(request.requestId)?.abort();
        else this.#enqueue(client, request);
      },
      leave: () => {
        this.#clients.delete(client);
        for (const controller of client.aborts.values()) controller.abort();
      },
    };
  }

  /** Runs the work when all earlier requests have ended; an abort before that ends it at once. */
  #enqueue(client: Client, work: Work): void {
    const { requestId } = work;
    const controller = new AbortController();
    const { signal } = controller;
    client.aborts.set(requestId, controller);
    client.post({ type: 'taken', requestId });
    const turn = this.#tail;
    const aborted = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve()),
    );
    const task = (async () => {
      await Promise.race([turn, aborted]);
      signal.throwIfAborted();
      await this.#run(client, work, signal);
    })();
    const settled = task
      .catch((cause: unknown) => {
        const error = toWire(AppError.from(cause, 'engine-failed'));
        client.post({ type: 'failed', requestId, error });
      })
      .finally(() => client.aborts.delete(requestId));
    this.#tail = Promise.all([turn, settled]);
  }

  async #run(client: Client, work: Work, signal: AbortSignal): Promise<void> {
    const { requestId } = work;
    if (work.type === 'unload') {
      await this.#engine.unload();
      this.#drop(client);
      return client.post({ type: 'unloaded', requestId });
    }
    const loaded = await this.#ensure(client, work.model, signal, (progress) =>
      client.post({ type: 'load-progress', requestId, progress }),
    );
    const asking = 'owner' in work ? { signal, owner: work.owner } : { signal };
    switch (work.type) {
      case 'load':
        return client.post({ type: 'loaded', requestId, loaded });
      case 'generate':
        for await (const event of this.#engine.generate(work.prompt, work.params, asking)) {
          client.post({ type: 'generating', requestId, event });
        }
        return;
      case 'count': {
        const tokens = await this.#engine.countTokens(work.prompt);
        return client.post({ type: 'counted', requestId, tokens });
      }
      case 'weigh': {
        const { prompt, beginnings } = work;
        const probabilities = await this.#engine.weigh(prompt, beginnings, asking);
        return client.post({ type: 'weighed', requestId, probabilities });
      }
      default:
        assertNever(work);
    }
  }

  async #ensure(
    client: Client,
    model: EngineModel,
    signal: AbortSignal,
    onProgress: (progress: LoadProgress) => void,
  ): Promise<Loaded> {
    const key = keyOf(model);
    if (this.#current?.key === key) return this.#current.loaded;
    this.#drop(client);
    const loaded = await this.#engine.load(model, { signal, onProgress });
    this.#current = { key, loaded };
    return loaded;
  }

  /** Whoever else had the model that was loaded has it no longer. */
  #drop(by: Client): void {
    if (!this.#current) return;
    this.#current = null;
    this.#tellLost(new AppError('model-not-loaded'), by);
  }

  #lose(error: AppError): void {
    this.#current = null;
    this.#tellLost(error);
  }

  #tellLost(error: AppError, except?: Client): void {
    for (const client of this.#clients) {
      if (client !== except) client.post({ type: 'lost', error: toWire(error) });
    }
  }
}

/** Handed-over weights and wasm do not make it another model. */
function keyOf({ engine, modelId, contextTokens, ...model }: EngineModel): string {
  return [engine, modelId, contextTokens, 'threads' in model ? model.threads : ''].join(' ');
}
