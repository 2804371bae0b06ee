/** The page's side of the engine worker: typed calls, streams, abort, and restart after a death. */
import {
  type EngineConnect,
  type EngineEvent,
  type EngineId,
  type EngineModel,
  type EngineRequest,
  type EngineStarted,
  type GenerateParams,
  type Loaded,
  type LoadProgress,
  type Prompt,
  type PromptOwner,
  visitor,
} from '../protocol/engine';
import { AppError, assertNever, fromWire } from '../protocol/errors';
import { newId } from '../protocol/new-id';
import { PortRequests } from './port-requests';
import { watchSilence } from './silence';
import { fetchWllamaWasm } from './wllama-wasm';

/** What a generation yields: the engine's events about it, `done` last. */
export type GenerateEvent = Extract<EngineEvent, { type: 'prefill' | 'token' | 'done' }>;

/**
 * How long a worker may say nothing before it is replaced. A step of prefill says something, and is the
 * longest that a slow device needs between two signs of life; a load may compile shaders in one go.
 */
const silenceMs = { load: 300_000, generate: 120_000, unload: 20_000 };

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** The visitor, where it is not said. */
  readonly owner?: PromptOwner;
}

export interface EngineClientOptions {
  readonly spawn: (engine: EngineId) => Worker;
  /** Settles once a worker may be started: when whatever seals it is in place, or will not come. */
  readonly beforeSpawn?: () => Promise<unknown>;
  /** The loaded model is gone; the next `load` starts afresh. */
  readonly onLost: (error: AppError) => void;
  /** A worker runs; it says whether it is sealed. */
  readonly onStarted?: (started: EngineStarted) => void;
  /** In development, where workers import their modules one by one. */
  readonly allowsUnsealed?: boolean;
  /** How long an abort may take before the worker is replaced. A step of prefill can be that slow. */
  readonly abortTimeoutMs?: number;
}

/** What the stores need of an engine, wherever it runs. */
export type ModelEngine = Pick<
  EngineClient,
  'load' | 'generate' | 'countTokens' | 'weigh' | 'unload'
>;

interface Connection {
  readonly engine: EngineId;
  readonly worker: Worker;
  readonly requests: PortRequests;
  /** Once the worker has said that it is sealed. A worker that is not is ended. */
  readonly sealed: Promise<void>;
}

export class EngineClient {
  readonly #options: EngineClientOptions;
  #connection: Connection | null = null;
  #nextId = 1;

  constructor(options: EngineClientOptions) {
    this.#options = options;
  }

  /**
   * Loads a model whose weights are stored, in place of the one that is loaded.
   * Rejects with an AppError; after an abort (`aborted`) no model is loaded. An engine that could connect to
   * anybody is never asked anything: `engine-unsealed`.
   */
  async load(
    model: EngineModel,
    options: { signal?: AbortSignal; onProgress?: (progress: LoadProgress) => void } = {},
  ): Promise<Loaded> {
    options.signal?.throwIfAborted();
    const [whole] = await orAbort(
      Promise.all([withEngineFiles(model), this.#options.beforeSpawn?.()]),
      options.signal,
    );
    options.signal?.throwIfAborted();
    const connection = this.#connect(model.engine);
    const requestId = this.#nextId++;
    const stopWatching = this.#abortOn(options.signal, requestId);
    try {
      const request = { type: 'load', requestId, model: whole } as const;
      for await (const event of this.#listen(connection, request)) {
        if (event.type === 'load-progress') options.onProgress?.(event.progress);
        else if (event.type === 'loaded') {
          await connection.sealed;
          return event.loaded;
        } else if (event.type === 'failed') throw fromWire(event.error);
      }
      throw new AppError('engine-died');
    } catch (cause) {
      // A failed load can leave a GPU device or wasm memory behind; only the worker's end frees it.
      const error = AppError.from(cause, 'engine-failed');
      this.#end(connection, error);
      throw error;
    } finally {
      stopWatching();
    }
  }

  /**
   * Streams an answer. An abort ends the stream with `done` and finish `aborted`; text that came
   * before is valid. Throws an AppError; `engine-died` and `gpu-lost` mean: load again.
   */
  async *generate(
    prompt: Prompt,
    params: GenerateParams,
    { signal, owner = visitor }: AskOptions = {},
  ): AsyncGenerator<GenerateEvent, void> {
    signal?.throwIfAborted();
    const connection = this.#connection;
    if (!connection) throw new AppError('model-not-loaded');
    const requestId = this.#nextId++;
    const stopWatching = this.#abortOn(signal, requestId);
    let isOver = false;
    try {
      const request = { type: 'generate', requestId, owner, prompt, params } as const;
      for await (const event of this.#listen(connection, request)) {
        switch (event.type) {
          case 'prefill':
          case 'token':
            yield event;
            break;
          case 'done':
            isOver = true;
            yield event;
            return;
          case 'failed':
            isOver = true;
            throw fromWire(event.error);
          case 'loaded':
          case 'load-progress':
          case 'tokenized':
          case 'unloaded':
          case 'weighed':
            break;
          default:
            assertNever(event);
        }
      }
    } finally {
      stopWatching();
      // The caller left the loop early: nobody reads on, so the engine need not write on.
      if (!isOver) connection.requests.send({ type: 'abort', requestId });
    }
  }

  /**
   * How many tokens each part of a prompt is for the loaded model, exactly. Waits for an answer that is
   * being written. Rejects with an AppError.
   */
  async countTokens(prompt: Prompt): Promise<readonly number[]> {
    if (!this.#connection) throw new AppError('model-not-loaded');
    const { requests } = this.#connection;
    const request = { type: 'tokenize', requestId: this.#nextId++, prompt } as const;
    for await (const event of requests.open(request)) {
      if (event.type === 'tokenized') return event.tokens.map(({ length }) => length);
      if (event.type === 'failed') throw fromWire(event.error);
    }
    throw new AppError('engine-died');
  }

  /**
   * The probabilities, relative to each other, that an answer to the prompt begins with each of the
   * texts, which must differ in a single token. Throws an AppError, `aborted` after an abort.
   */
  async weigh(
    prompt: Prompt,
    beginnings: readonly string[],
    { signal, owner = visitor }: AskOptions = {},
  ): Promise<readonly number[]> {
    signal?.throwIfAborted();
    if (!this.#connection) throw new AppError('model-not-loaded');
    const requestId = this.#nextId++;
    const { requests } = this.#connection;
    const stopWatching = this.#abortOn(signal, requestId);
    try {
      const request = { type: 'weigh', requestId, owner, prompt, beginnings } as const;
      for await (const event of requests.open(request)) {
        if (event.type === 'weighed') return event.probabilities;
        if (event.type === 'failed') throw fromWire(event.error);
      }
      throw new AppError('engine-died');
    } finally {
      stopWatching();
    }
  }

  async unload(): Promise<void> {
    if (!this.#connection) return;
    const requestId = this.#nextId++;
    for await (const event of this.#listen(this.#connection, { type: 'unload', requestId })) {
      if (event.type === 'unloaded') return;
      if (event.type === 'failed') throw fromWire(event.error);
    }
  }

  /** A request's events; a worker that sends none for too long is ended, and the request with it. */
  async *#listen(
    connection: Connection,
    request: Extract<EngineRequest, { type: keyof typeof silenceMs }>,
  ) {
    const limitMs = silenceMs[request.type];
    const silence = watchSilence(limitMs, () => {
      this.#end(connection, new AppError('engine-stalled', { seconds: limitMs / 1000 }));
    });
    try {
      for await (const event of connection.requests.open(request)) {
        silence.heard();
        yield event;
      }
    } finally {
      silence.stop();
    }
  }

  /** Each engine has a worker of its own; only one is kept, since a device seldom has room for two models. */
  #connect(engine: EngineId): Connection {
    if (this.#connection?.engine === engine) return this.#connection;
    if (this.#connection) this.#end(this.#connection, new AppError('aborted'));
    const worker = this.#options.spawn(engine);
    const { port1, port2 } = new MessageChannel();
    const requests = new PortRequests(port1, ({ error }) => this.#options.onLost(fromWire(error)));
    let setSealed = () => {};
    const sealed = new Promise<void>((resolve) => (setSealed = resolve));
    const connection = { engine, worker, requests, sealed };
    const lockName = `corral-engine-${newId()}`;
    const connect: EngineConnect = { type: 'connect', port: port2, lockName };
    worker.onerror = ({ message }) => {
      const code = navigator.onLine ? 'engine-file-missing' : 'offline';
      this.#end(connection, new AppError(code, {}, { cause: message }));
    };
    worker.onmessage = ({ data }: MessageEvent<EngineStarted>) => {
      this.#options.onStarted?.(data);
      if (!data.sealed && !this.#options.allowsUnsealed) {
        return this.#end(connection, new AppError('engine-unsealed'));
      }
      setSealed();
      worker.onerror = ({ message }) =>
        this.#end(connection, new AppError('engine-failed', {}, { cause: message }));
      this.#watch(connection, lockName);
    };
    worker.postMessage(connect, [port2]);
    this.#connection = connection;
    return connection;
  }

  /** A dead worker sends nothing; the lock that it held becomes free a few milliseconds later. */
  #watch(connection: Connection, lockName: string): void {
    void navigator.locks?.request(lockName, () => {
      this.#end(connection, new AppError('engine-died'));
    });
  }

  #end(connection: Connection, error: AppError): void {
    if (this.#connection !== connection) return;
    this.#connection = null;
    connection.worker.terminate();
    this.#options.onLost(error);
    connection.requests.end(error);
  }

  /** Passes an abort on; an engine that does not heed it in time is replaced. */
  #abortOn(signal: AbortSignal | undefined, requestId: number): () => void {
    const connection = this.#connection;
    if (!signal || !connection) return () => {};
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      connection.requests.send({ type: 'abort', requestId });
      timer = setTimeout(
        () => this.#end(connection, new AppError('aborted')),
        this.#options.abortTimeoutMs ?? 10_000,
      );
    };
    signal.addEventListener('abort', onAbort, { once: true });
    return () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    };
  }
}

/** The work goes on, but nobody waits for it. */
function orAbort<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal?.reason as Error);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
  return Promise.race([work, aborted]);
}

/** An engine's worker may fetch nothing, so what it needs besides the weights is handed over. */
async function withEngineFiles(model: EngineModel): Promise<EngineModel> {
  if (model.engine !== 'wllama') return model;
  return { ...model, wasm: await fetchWllamaWasm(model.threads) };
}
