/** An engine that is somewhere else: in another frame, in a window, or behind this page's own desk. */
import type {
  EngineModel,
  GenerateParams,
  Loaded,
  LoadProgress,
  Prompt,
  PromptOwner,
} from '../protocol/engine';
import type { ShareEvent, ShareReply, ShareRequest } from '../protocol/engine-share';
import { AppError, fromWire } from '../protocol/errors';
import type { AskOptions, GenerateEvent, ModelEngine } from './client';
import { Requests } from './requests';

type Connection = Requests<ShareRequest, ShareReply>;

export interface RemoteEngineOptions {
  /** Whose prompts those are with which no other owner is named. */
  readonly owner: PromptOwner;
  /** Called before the first request, and finds somebody to ask with `attach`. */
  readonly join: (engine: RemoteEngine) => Promise<void>;
  /** What was loaded is no longer; the next `load` starts afresh. */
  readonly onLost: (error: AppError) => void;
  /** What the model's files are, where whoever is asked cannot see them. */
  readonly withWeights: (model: EngineModel) => Promise<EngineModel>;
}

export class RemoteEngine implements ModelEngine {
  readonly #options: RemoteEngineOptions;
  #connection: Connection | null = null;
  #joining: Promise<void> | null = null;
  #model: EngineModel | null = null;
  #nextId = 1;

  constructor(options: RemoteEngineOptions) {
    this.#options = options;
  }

  /** From now on that one is asked; what was asked of another fails. Hands back what takes the events. */
  attach(send: (request: ShareRequest) => void): (event: ShareEvent) => void {
    const before = this.#connection;
    const connection: Connection = new Requests(send);
    this.#connection = connection;
    if (before) this.#lost(before, new AppError('engine-died'));
    return (event) => {
      if (connection !== this.#connection) return;
      if (event.type === 'lost') this.#options.onLost(fromWire(event.error));
      else connection.receive(event);
    };
  }

  /** Nobody is there any more; the next request finds somebody anew. */
  detach(error: AppError): void {
    const before = this.#connection;
    this.#connection = null;
    this.#joining = null;
    if (before) this.#lost(before, error);
  }

  async load(
    model: EngineModel,
    options: { signal?: AbortSignal; onProgress?: (progress: LoadProgress) => void } = {},
  ): Promise<Loaded> {
    options.signal?.throwIfAborted();
    this.#model = await this.#options.withWeights(model);
    const events = this.#ask(
      (requestId) => ({ type: 'load', requestId, model: this.#loaded() }),
      options,
    );
    for await (const event of events) {
      if (event.type === 'load-progress') options.onProgress?.(event.progress);
      else if (event.type === 'loaded') return event.loaded;
    }
    throw new AppError('engine-died');
  }

  async *generate(
    prompt: Prompt,
    params: GenerateParams,
    options: AskOptions = {},
  ): AsyncGenerator<GenerateEvent, void> {
    options.signal?.throwIfAborted();
    const model = this.#loaded();
    const { owner = this.#options.owner } = options;
    const events = this.#ask(
      (requestId) => ({ type: 'generate', requestId, owner, model, prompt, params }),
      options,
    );
    for await (const event of events) {
      if (event.type !== 'generating') continue;
      yield event.event;
      if (event.event.type === 'done') return;
    }
  }

  async countTokens(prompt: Prompt): Promise<readonly number[]> {
    const model = this.#loaded();
    for await (const event of this.#ask((requestId) => ({
      type: 'count',
      requestId,
      model,
      prompt,
    }))) {
      if (event.type === 'counted') return event.tokens;
    }
    throw new AppError('engine-died');
  }

  async weigh(
    prompt: Prompt,
    beginnings: readonly string[],
    options: AskOptions = {},
  ): Promise<readonly number[]> {
    const model = this.#loaded();
    const { owner = this.#options.owner } = options;
    const events = this.#ask(
      (requestId) => ({ type: 'weigh', requestId, owner, model, prompt, beginnings }),
      options,
    );
    for await (const event of events) {
      if (event.type === 'weighed') return event.probabilities;
    }
    throw new AppError('engine-died');
  }

  async unload(): Promise<void> {
    for await (const event of this.#ask((requestId) => ({ type: 'unload', requestId }))) {
      if (event.type === 'unloaded') return;
    }
  }

  #loaded(): EngineModel {
    if (!this.#model) throw new AppError('model-not-loaded');
    return this.#model;
  }

  /** The request's events; throws what it fails with. An abort ends it, and so does leaving the loop. */
  async *#ask(
    make: (requestId: number) => ShareRequest,
    { signal }: { signal?: AbortSignal } = {},
  ): AsyncGenerator<ShareReply, void> {
    const connection = await this.#connected();
    if (signal?.aborted) throw new AppError('aborted');
    const requestId = this.#nextId++;
    const abort = () => connection.send({ type: 'abort', requestId });
    signal?.addEventListener('abort', abort, { once: true });
    let isOver = false;
    try {
      for await (const event of connection.open(make(requestId))) {
        if (event.type === 'failed') {
          isOver = true;
          throw fromWire(event.error);
        }
        isOver = event.type === 'generating' ? event.event.type === 'done' : isLast(event);
        yield event;
        if (isOver) return;
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      if (!isOver) abort();
    }
  }

  async #connected(): Promise<Connection> {
    if (!this.#connection) await (this.#joining ??= this.#options.join(this));
    if (!this.#connection) throw new AppError('engine-died');
    return this.#connection;
  }

  #lost(connection: Connection, error: AppError): void {
    this.#options.onLost(error);
    connection.end(error);
  }
}

function isLast({ type }: ShareReply): boolean {
  return type === 'loaded' || type === 'counted' || type === 'weighed' || type === 'unloaded';
}
