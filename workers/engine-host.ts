/** Holds the loaded engine and serves one port, one request at a time. The page keeps the queue. */
import type { EngineEvent, EngineLost, EngineRequest, PromptOwner } from '../src/protocol/engine';
import { AppError, assertNever, toWire } from '../src/protocol/errors';
import type { Engine, OnLost } from './engines/engine';
import { serveScope, type Serving } from '../src/protocol/serve-requests';

/** Makes an engine without a model; `load` loads one. Each worker has one kind of engine. */
export type OpenEngine = (onLost: OnLost) => Engine;

type Of<Type extends EngineRequest['type']> = Extract<EngineRequest, { type: Type }>;

export class EngineHost {
  readonly #openEngine: OpenEngine;
  readonly #port: MessagePort;
  #engine: Engine | null = null;
  /** The owner of the prompts in the engine's KV cache; null if it is empty. */
  #owner: PromptOwner | null = null;
  #isBusy = false;

  constructor(port: MessagePort, openEngine: OpenEngine) {
    this.#openEngine = openEngine;
    this.#port = port;
    serveScope<EngineRequest, EngineEvent>(
      port,
      (request, serving) => this.#serve(request, serving),
      'engine-failed',
    );
  }

  async #serve(request: EngineRequest, serving: Serving<EngineEvent>): Promise<EngineEvent> {
    if (this.#isBusy) throw new AppError('engine-failed', {}, { cause: 'one request at a time' });
    this.#isBusy = true;
    try {
      return await this.#run(request, serving);
    } finally {
      this.#isBusy = false;
    }
  }

  async #run(request: EngineRequest, serving: Serving<EngineEvent>): Promise<EngineEvent> {
    switch (request.type) {
      case 'load':
        return this.#load(request, serving);
      case 'generate':
        return this.#generate(request, serving);
      case 'count': {
        const tokens = await this.#loaded().tokenize(request.prompt);
        return { type: 'counted', counts: tokens.map(({ length }) => length) };
      }
      case 'tokenize':
        return { type: 'tokenized', tokens: await this.#loaded().tokenize(request.prompt) };
      case 'choiceProbabilities': {
        const engine = await this.#engineFor(request.owner);
        const { prompt, choices } = request;
        const probabilities = await engine.choiceProbabilities(prompt, choices, serving.signal);
        return { type: 'probabilities', probabilities };
      }
      case 'unload':
        await this.#drop();
        return { type: 'unloaded' };
      default:
        assertNever(request);
    }
  }

  async #load({ model }: Of<'load'>, { signal, post }: Serving<EngineEvent>): Promise<EngineEvent> {
    await this.#drop();
    const engine = this.#openEngine((error) => this.#lose(engine, error));
    try {
      const loaded = await engine.load(model, {
        signal,
        onProgress: (progress) => post({ type: 'load-progress', progress }),
      });
      signal.throwIfAborted();
      this.#engine = engine;
      return { type: 'loaded', loaded };
    } catch (error) {
      // Not awaited: an engine that never started may not be able to end, which would hide the cause.
      void engine.unload().catch(() => undefined);
      throw error;
    }
  }

  async #generate(
    { owner, prompt, params }: Of<'generate'>,
    { signal, post }: Serving<EngineEvent>,
  ): Promise<EngineEvent> {
    const engine = await this.#engineFor(owner);
    for await (const event of engine.generate(prompt, params, signal)) {
      if (event.type === 'end') return { ...event, type: 'done' };
      post(event);
    }
    throw new AppError('engine-failed', {}, { cause: 'an answer without an end' });
  }

  #loaded(): Engine {
    if (!this.#engine) throw new AppError('model-not-loaded');
    return this.#engine;
  }

  /** The loaded engine, with no other owner's prompts in its KV cache. */
  async #engineFor(owner: PromptOwner): Promise<Engine> {
    const engine = this.#loaded();
    if (this.#owner !== owner) await engine.forget();
    this.#owner = owner;
    return engine;
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
    const lost: EngineLost = { type: 'lost', error: toWire(error) };
    this.#port.postMessage(lost);
    void engine.unload();
  }
}
