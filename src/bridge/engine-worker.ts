/** An engine's worker: starts it on demand, sends no request before it is sealed, and replaces it when it dies. */
import multiThreadUrl from '@wllama/wllama/esm/multi-thread/wllama.wasm?url';
import singleThreadUrl from '@wllama/wllama/esm/single-thread/wllama.wasm?url';
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
import { compileWasm } from './fetch-wasm';
import { missingScript, Requests } from './requests';
import { spawnWorker } from './spawn';
import { startWatchdog } from './watchdog';

/**
 * How long a worker may be silent before it is replaced. Each step of prefill sends an event; a step is the
 * longest silence of a slow device. A load may compile all shaders in one go.
 */
const unresponsiveMs = { load: 300_000, work: 120_000, unload: 20_000 };

/**
 * The maximum time until a load sends its first event. In Firefox, a worker or a worker inside it sometimes never runs;
 * a new worker then runs.
 */
const firstSignMs = 20_000;

export interface EngineWorkerOptions {
  /**
   * Settles once a worker may start: when the service worker, which seals it, controls the page or is known not to
   * come.
   */
  readonly beforeSpawn?: () => Promise<unknown>;
  /** A worker has started and reported whether it is sealed. */
  readonly onStarted?: (started: EngineStarted) => void;
  /** For development, where workers import their modules one by one. */
  readonly allowsUnsealed?: boolean;
  /** How long an abort may take before the worker is replaced: as long as a step of prefill. */
  readonly abortTimeoutMs?: number;
  readonly firstSignMs?: number;
  readonly spawn?: (engine: EngineId) => Worker;
}

interface Connection {
  readonly engine: EngineId;
  readonly requests: Requests<EngineRequest, EngineEvent, EngineLost>;
  /** Resolves once the worker is sealed; rejects with the error that ends it before. */
  readonly sealed: Promise<void>;
  readonly close: (error: AppError) => void;
}

export class EngineWorker {
  /** Whether the running worker reported that it is sealed. */
  isSealed = false;
  readonly #options: EngineWorkerOptions;
  readonly #onLost: (error: AppError) => void;
  #connection: Connection | null = null;

  /** `onLost`: the loaded model is gone; load it again before the next request. */
  constructor(options: EngineWorkerOptions, onLost: (error: AppError) => void) {
    this.#options = options;
    this.#onLost = onLost;
  }

  /**
   * Yields the events of one request; the next request waits for the last one. A load replaces the loaded model; after
   * a failed or aborted load nothing is loaded. Throws an AppError; `engine-died` and `gpu-lost` mean: load again. No
   * request is sent to an engine that could open connections: the error is `engine-unsealed`.
   */
  async *ask(request: EngineRequest, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    if (request.type === 'load') return yield* this.#load(request.model, signal);
    if (this.#connection) return yield* this.#listen(this.#connection, request, signal);
    if (request.type !== 'unload') throw new AppError('model-not-loaded');
    yield { type: 'unloaded' };
  }

  async *#load(model: EngineModel, signal: AbortSignal): AsyncGenerator<EngineEvent, void> {
    signal.throwIfAborted();
    const [whole] = await orAborted(
      Promise.all([withEngineFiles(model), this.#options.beforeSpawn?.()]),
      signal,
    );
    signal.throwIfAborted();
    const request = { type: 'load', model: whole } as const;
    if (!(yield* this.#tryLoad(request, signal))) yield* this.#tryLoad(request, signal, 'last');
  }

  /** Returns false if the worker sent no event in time and was ended. The last attempt waits longer. */
  async *#tryLoad(
    request: Extract<EngineRequest, { type: 'load' }>,
    signal: AbortSignal,
    attempt: 'first' | 'last' = 'first',
  ): AsyncGenerator<EngineEvent, boolean> {
    const connection = this.#connect(request.model.engine);
    let isSilent = attempt === 'first';
    const timer = setTimeout(() => {
      if (isSilent) this.#close(connection, new AppError('engine-timeout'));
    }, this.#options.firstSignMs ?? firstSignMs);
    try {
      for await (const event of this.#listen(connection, request, signal)) {
        isSilent = false;
        if (event.type === 'loaded') await connection.sealed;
        yield event;
      }
      return true;
    } catch (cause) {
      // A failed load can leave a GPU device or wasm memory behind; only ending the worker frees it.
      const error = AppError.from(cause, 'engine-failed');
      if (isSilent && error.code === 'engine-timeout') return false;
      this.#end(connection, error);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Yields a request's events; ends the worker if it is silent for too long or ignores an abort. */
  async *#listen(connection: Connection, request: EngineRequest, signal: AbortSignal) {
    const limitMs =
      request.type === 'load' || request.type === 'unload'
        ? unresponsiveMs[request.type]
        : unresponsiveMs.work;
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
        watchdog.reset();
        yield event;
      }
    } finally {
      watchdog.stop();
      clearTimeout(timer);
      signal.removeEventListener('abort', onAbort);
    }
  }

  /** Each engine has its own worker. Only one is kept: few devices have room for two models. */
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
    sealed.catch(() => {}); // the load that waits for it gets the error
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

  /** A dead worker sends nothing, but its lock is released a few milliseconds later. */
  #watch(connection: Connection, lockName: string): void {
    void navigator.locks?.request(lockName, () => {
      this.#end(connection, new AppError('engine-died'));
    });
  }

  #end(connection: Connection, error: AppError): void {
    if (this.#connection !== connection) return;
    this.#close(connection, error);
    this.#onLost(error);
  }

  #close(connection: Connection, error: AppError): void {
    if (this.#connection === connection) this.#connection = null;
    connection.close(error);
    connection.requests.end(error);
  }
}

/** Stops waiting after an abort; the work itself continues. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const aborted = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  return Promise.race([work, aborted]);
}

/** An engine's worker cannot fetch, so the page sends it the files that it needs besides the weights. */
async function withEngineFiles(model: EngineModel): Promise<EngineModel> {
  if (model.engine !== 'wllama') return model;
  const url = model.threads > 1 ? multiThreadUrl : singleThreadUrl;
  return { ...model, wasm: await compileWasm(url) };
}
