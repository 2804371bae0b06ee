/** An engine's worker: started when it is needed, asked nothing before it is sealed, and replaced when it dies. */
import {
  type EngineConnect,
  type EngineEvent,
  type EngineId,
  type EngineLost,
  type EngineModel,
  type EngineRequest,
  type EngineStarted,
  lastEngineEvents,
} from '../protocol/engine';
import { AppError, fromWire } from '../protocol/errors';
import { newId } from '../protocol/new-id';
import type { EventMessage } from '../protocol/requests';
import { missingScript, Requests } from './requests';
import { spawnWorker } from './spawn';
import { startWatchdog } from './watchdog';
import { compileWllamaWasm } from './wllama-wasm';

/**
 * How long a worker may say nothing before it is replaced. A step of prefill says something, and is the
 * longest that a slow device needs between two signs of life; a load may compile shaders in one go.
 */
const silenceMs = { load: 300_000, work: 120_000, unload: 20_000 };

export interface EngineWorkerOptions {
  /** Settles once a worker may be started: when whatever seals it is in place, or will not come. */
  readonly beforeSpawn?: () => Promise<unknown>;
  /** A worker runs; it says whether it is sealed. */
  readonly onStarted?: (started: EngineStarted) => void;
  /** In development, where workers import their modules one by one. */
  readonly allowsUnsealed?: boolean;
  /** How long an abort may take before the worker is replaced. A step of prefill can be that slow. */
  readonly abortTimeoutMs?: number;
  readonly spawn?: (engine: EngineId) => Worker;
}

interface Connection {
  readonly engine: EngineId;
  readonly requests: Requests<EngineRequest, EngineEvent, EngineLost>;
  /** Once the worker has said that it is sealed; rejects with what ends it before. */
  readonly sealed: Promise<void>;
  readonly close: (error: AppError) => void;
}

export class EngineWorker {
  /** Whether the worker that runs said that it is sealed. */
  isSealed = false;
  readonly #options: EngineWorkerOptions;
  readonly #onLost: (error: AppError) => void;
  #connection: Connection | null = null;

  /** `onLost`: the loaded model is gone; the next `load` starts afresh. */
  constructor(options: EngineWorkerOptions, onLost: (error: AppError) => void) {
    this.#options = options;
    this.#onLost = onLost;
  }

  /**
   * The events of one request, its last one included; the next request waits for that. A load takes the place of
   * what is loaded; after a failed or aborted one nothing is. Throws an AppError; `engine-died` and `gpu-lost`
   * mean: load again. An engine that could connect to anybody is never asked anything: `engine-unsealed`.
   */
  async *ask(request: EngineRequest, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    if (request.type === 'load') return yield* this.#load(request.model, signal);
    if (this.#connection) return yield* this.#listen(this.#connection, request, signal);
    if (request.type !== 'unload') throw new AppError('model-not-loaded');
    yield { type: 'unloaded' };
  }

  async *#load(model: EngineModel, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    signal.throwIfAborted();
    const [whole] = await orAbort(
      Promise.all([withEngineFiles(model), this.#options.beforeSpawn?.()]),
      signal,
    );
    signal.throwIfAborted();
    const connection = this.#connect(model.engine);
    try {
      for await (const event of this.#listen(connection, { type: 'load', model: whole }, signal)) {
        if (event.type === 'loaded') await connection.sealed;
        yield event;
      }
    } catch (cause) {
      // A failed load can leave a GPU device or wasm memory behind; only the worker's end frees it.
      const error = AppError.from(cause, 'engine-failed');
      this.#end(connection, error);
      throw error;
    }
  }

  /** A request's events; a worker that sends none for too long, or does not heed an abort, is ended. */
  async *#listen(connection: Connection, request: EngineRequest, signal: AbortSignal) {
    const limitMs =
      request.type === 'load' || request.type === 'unload'
        ? silenceMs[request.type]
        : silenceMs.work;
    const watchdog = startWatchdog(limitMs, () => {
      this.#end(connection, new AppError('engine-stalled', { seconds: limitMs / 1000 }));
    });
    const { abortTimeoutMs = 10_000 } = this.#options;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onAbort = () => {
      timer = setTimeout(() => this.#end(connection, new AppError('aborted')), abortTimeoutMs);
    };
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      for await (const event of connection.requests.open(request, { signal })) {
        watchdog.heard();
        yield event;
      }
    } finally {
      watchdog.stop();
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Each engine has a worker of its own; only one is kept, since a device seldom has room for two models. */
  #connect(engine: EngineId): Connection {
    if (this.#connection?.engine === engine) return this.#connection;
    if (this.#connection) this.#end(this.#connection, new AppError('aborted'));
    const { spawn = spawnWorker, onStarted, allowsUnsealed } = this.#options;
    const worker = spawn(engine);
    const { port1, port2 } = new MessageChannel();
    const requests = new Requests<EngineRequest, EngineEvent, EngineLost>({
      post: (message) => port1.postMessage(message),
      lastEvents: lastEngineEvents,
      onNotice: ({ type, error }) => type === 'lost' && this.#onLost(fromWire(error)),
    });
    port1.onmessage = ({ data }: MessageEvent<EventMessage<EngineEvent> | EngineLost>) =>
      requests.receive(data);
    let setSealed = () => {};
    let refuse = (_error: AppError) => {};
    const sealed = new Promise<void>((resolve, reject) => {
      setSealed = resolve;
      refuse = reject;
    });
    sealed.catch(() => {}); // for the load that waits for it
    const close = (error: AppError) => {
      worker.terminate();
      port1.close();
      refuse(error);
    };
    const connection = { engine, requests, sealed, close };
    const lockName = `corral-engine-${newId()}`;
    const connect: EngineConnect = { type: 'connect', port: port2, lockName };
    worker.onerror = ({ message }) => this.#end(connection, missingScript(message));
    worker.onmessage = ({ data }: MessageEvent<EngineStarted>) => {
      onStarted?.(data);
      this.isSealed = data.sealed;
      if (!data.sealed && !allowsUnsealed) {
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
    connection.close(error);
    this.#onLost(error);
    connection.requests.end(error);
  }
}

/** The work goes on, but nobody waits for it. */
function orAbort<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  return Promise.race([work, aborted]);
}

/** An engine's worker may fetch nothing, so what it needs besides the weights is handed over. */
async function withEngineFiles(model: EngineModel): Promise<EngineModel> {
  if (model.engine !== 'wllama') return model;
  return { ...model, wasm: await compileWllamaWasm(model.threads) };
}
