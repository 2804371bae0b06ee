/** Holds the loaded engine and serves any number of ports, one request at a time. */
import type { EngineEvent, EngineRequest, PromptOwner, RequestId } from '../src/protocol/engine';
import { AppError, assertNever, toWire } from '../src/protocol/errors';
import type { Engine, OnLost } from './engines/engine';

/** Makes an engine, which `load` then fills; each worker has one kind. */
export type OpenEngine = (onLost: OnLost) => Engine;

interface Session {
  readonly post: (event: EngineEvent) => void;
  readonly aborts: Map<RequestId, AbortController>;
}

export class EngineHost {
  readonly #openEngine: OpenEngine;
  readonly #sessions = new Set<Session>();
  #engine: Engine | null = null;
  /** Whose prompts the engine's KV cache holds; null when it is empty. */
  #owner: PromptOwner | null = null;
  /** Settles when every request so far has ended. */
  #tail: Promise<unknown> = Promise.resolve();

  constructor(openEngine: OpenEngine) {
    this.#openEngine = openEngine;
  }

  serve(port: MessagePort): void {
    const session: Session = {
      post: (event) => port.postMessage(event),
      aborts: new Map(),
    };
    this.#sessions.add(session);
    port.onmessage = ({ data }: MessageEvent<EngineRequest>) => this.#receive(session, data);
  }

  #receive(session: Session, request: EngineRequest): void {
    switch (request.type) {
      case 'load':
        return this.#enqueue(session, request.requestId, (signal) =>
          this.#load(session, request, signal),
        );
      case 'generate':
        return this.#enqueue(session, request.requestId, (signal) =>
          this.#generate(session, request, signal),
        );
      case 'tokenize':
        return this.#enqueue(session, request.requestId, () => this.#tokenize(session, request));
      case 'weigh':
        return this.#enqueue(session, request.requestId, (signal) =>
          this.#weigh(session, request, signal),
        );
      case 'unload':
        return this.#enqueue(session, request.requestId, async () => {
          await this.#drop();
          session.post({ type: 'unloaded', requestId: request.requestId });
        });
      case 'abort':
        session.aborts.get(request.requestId)?.abort();
        return;
      default:
        assertNever(request);
    }
  }

  /** Runs the work when all earlier requests have ended; an abort before that ends it at once. */
  #enqueue(
    session: Session,
    requestId: RequestId,
    work: (signal: AbortSignal) => Promise<void>,
  ): void {
    const controller = new AbortController();
    const { signal } = controller;
    session.aborts.set(requestId, controller);
    const turn = this.#tail;
    const aborted = new Promise<void>((resolve) =>
      signal.addEventListener('abort', () => resolve()),
    );
    const task = (async () => {
      await Promise.race([turn, aborted]);
      signal.throwIfAborted();
      await work(signal);
    })();
    const settled = task
      .catch((error: unknown) => {
        const wire = toWire(AppError.from(error, 'engine-failed'));
        session.post({ type: 'failed', requestId, error: wire });
      })
      .finally(() => session.aborts.delete(requestId));
    this.#tail = Promise.all([turn, settled]);
  }

  async #load(
    session: Session,
    { requestId, model }: Extract<EngineRequest, { type: 'load' }>,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#drop();
    const engine = this.#openEngine((error) => this.#lose(engine, error));
    try {
      const loaded = await engine.load(model, {
        signal,
        onProgress: (progress) => session.post({ type: 'load-progress', requestId, progress }),
      });
      signal.throwIfAborted();
      this.#engine = engine;
      session.post({ type: 'loaded', requestId, loaded });
    } catch (error) {
      // Not awaited: an engine that never started may not be able to end, which would hide the cause.
      void engine.unload().catch(() => undefined);
      throw error;
    }
  }

  async #generate(
    session: Session,
    { requestId, owner, prompt, params }: Extract<EngineRequest, { type: 'generate' }>,
    signal: AbortSignal,
  ): Promise<void> {
    const engine = await this.#engineFor(owner);
    for await (const event of engine.generate(prompt, params, signal)) {
      if (event.type === 'end') {
        const { finish, usage } = event;
        session.post({ type: 'done', requestId, finish, usage });
      } else {
        session.post({ ...event, requestId });
      }
    }
  }

  async #tokenize(
    session: Session,
    { requestId, prompt }: Extract<EngineRequest, { type: 'tokenize' }>,
  ): Promise<void> {
    if (!this.#engine) throw new AppError('model-not-loaded');
    const tokens = await this.#engine.tokenize(prompt);
    session.post({ type: 'tokenized', requestId, tokens });
  }

  async #weigh(
    session: Session,
    { requestId, owner, prompt, beginnings }: Extract<EngineRequest, { type: 'weigh' }>,
    signal: AbortSignal,
  ): Promise<void> {
    const engine = await this.#engineFor(owner);
    const probabilities = await engine.weigh(prompt, beginnings, signal);
    session.post({ type: 'weighed', requestId, probabilities });
  }

  /** The loaded engine, with nothing in its KV cache that somebody else asked. */
  async #engineFor(owner: PromptOwner): Promise<Engine> {
    if (!this.#engine) throw new AppError('model-not-loaded');
    if (this.#owner !== owner) await this.#engine.forget();
    this.#owner = owner;
    return this.#engine;
  }

  async #drop(): Promise<void> {
    const engine = this.#engine;
    this.#engine = null;
    this.#owner = null;
    await engine?.unload();
  }

  #lose(engine: Engine, error: AppError): void {
    if (this.#engine !== engine) return;
    this.#engine = null;
    for (const session of this.#sessions) session.post({ type: 'lost', error: toWire(error) });
    void engine.unload();
  }
}
