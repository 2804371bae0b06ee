/** Typed calls to an engine, wherever it is: behind this page's own broker, in another tab, or in a window. */
import { loadKey } from '../core/models/engine-model';
import {
  type EngineModel,
  type GenerateParams,
  lastEngineEvents,
  type Loaded,
  type LoadProgress,
  type Prompt,
  type PromptOwner,
  type SharedEvent,
  type SharedNotice,
  type SharedRequest,
  type SharedWork,
} from '../protocol/engine';
import { AppError, fromWire } from '../protocol/errors';
import type { RequestMessage } from '../protocol/requests';
import type { BrokerMessage } from './engine-broker';
import { Requests } from './requests';

/** What a generation yields: the engine's events about it, `done` last. */
export type GenerateEvent = Extract<SharedEvent, { type: 'prefill' | 'token' | 'done' }>;

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Whoever the client belongs to, where it is not said. */
  readonly owner?: PromptOwner;
}

/** What the stores need of an engine. */
export type ModelEngine = Pick<
  EngineClient,
  'load' | 'generate' | 'countTokens' | 'choiceProbabilities' | 'unload' | 'adopt'
>;

/** Somebody who can be asked. */
export interface EngineLink {
  /** Hands back what sends. */
  open(receive: (message: BrokerMessage) => void): (message: RequestMessage<SharedRequest>) => void;
}

export type Available = Extract<SharedNotice, { type: 'available' }>;

export interface EngineClientOptions {
  /** Whose prompts those are with which no other owner is named. */
  readonly owner: PromptOwner;
  /** Called before a request while nobody can be asked. */
  readonly findLink: () => Promise<EngineLink>;
  /** What was loaded is no longer; the next `load` starts afresh. */
  readonly onLost: (error: AppError) => void;
  /** A model is loaded, whoever asked for it; `adopt` takes it. */
  readonly onAvailable?: (available: Available) => void;
  /** What the engine does for somebody else while a request from here waits; null when none does. */
  readonly onWaiting?: (behind: SharedWork | null) => void;
  /** What the model's files are, where whoever is asked cannot see them. */
  readonly withWeights?: (model: EngineModel) => Promise<EngineModel>;
}

type Connection = Requests<SharedRequest, SharedEvent, SharedNotice>;

export class EngineClient {
  readonly #options: EngineClientOptions;
  #link: EngineLink | null = null;
  #connection: Connection | null = null;
  #connecting: Promise<void> | null = null;
  #model: EngineModel | null = null;
  #available: Available | null = null;
  readonly #waiting = new Map<object, SharedWork>();

  constructor(options: EngineClientOptions) {
    this.#options = options;
  }

  /** Finds somebody to ask, who tells what is loaded. */
  async connect(): Promise<void> {
    if (this.#connection) return;
    this.#connecting ??= this.#options.findLink().then((link) => {
      if (!this.#connection) this.attach(link);
    });
    await this.#connecting.finally(() => (this.#connecting = null));
  }

  /** From now on that one is asked; what was asked of another fails. */
  attach(link: EngineLink): void {
    if (this.#link) this.detach(this.#link, new AppError('engine-died'));
    const connection: Connection = new Requests({
      post: (message) => send(message),
      lastEvents: lastEngineEvents,
      onNotice: (notice) => this.#notice(notice),
    });
    this.#link = link;
    this.#connection = connection;
    // Whoever is asked may answer at once.
    const send = link.open((message) => {
      if (connection === this.#connection) connection.receive(message);
    });
  }

  /** That one is not there any more, if it was asked; the next request finds somebody anew. */
  detach(link: EngineLink, error: AppError): void {
    if (this.#link !== link) return;
    const connection = this.#connection;
    this.#link = null;
    this.#connection = null;
    this.#available = null;
    this.#options.onLost(error);
    connection?.end(error);
  }

  /** Takes the model without a load if it is the one that is loaded for somebody; null if it is not. */
  adopt(model: EngineModel): Loaded | null {
    const available = this.#available;
    if (!available || loadKey(available.model) !== loadKey(model)) return null;
    this.#model = available.model;
    return available.loaded;
  }

  /**
   * Loads a model whose weights are stored, in place of the one that is loaded. Rejects with an AppError; after an
   * abort (`aborted`) no model is loaded.
   */
  async load(
    model: EngineModel,
    {
      signal,
      onProgress,
    }: { signal?: AbortSignal; onProgress?: (progress: LoadProgress) => void } = {},
  ): Promise<Loaded> {
    signal?.throwIfAborted();
    const whole = (await this.#options.withWeights?.(model)) ?? model;
    this.#model = whole;
    for await (const event of this.#ask({ type: 'load', model: whole }, signal)) {
      if (event.type === 'load-progress') onProgress?.(event.progress);
      else if (event.type === 'loaded') return event.loaded;
    }
    throw new AppError('engine-died');
  }

  /**
   * Streams an answer. An abort ends the stream with `done` and finish `aborted`, or with the error `aborted` while
   * it waits for its turn; text that came before is valid. Throws an AppError; `engine-died`, `engine-moved` and
   * `gpu-lost` mean: load again.
   */
  async *generate(
    prompt: Prompt,
    params: GenerateParams,
    { signal, owner = this.#options.owner }: AskOptions = {},
  ): AsyncGenerator<GenerateEvent, void> {
    signal?.throwIfAborted();
    const request = { type: 'generate', model: this.#loaded(), owner, prompt, params } as const;
    for await (const event of this.#ask(request, signal)) {
      const { type } = event;
      if (type === 'prefill' || type === 'token' || type === 'done') yield event;
    }
  }

  /**
   * How many tokens each part of a prompt is for the loaded model, exactly. Waits for an answer that is
   * being written. Rejects with an AppError.
   */
  async countTokens(prompt: Prompt): Promise<readonly number[]> {
    for await (const event of this.#ask({ type: 'count', model: this.#loaded(), prompt })) {
      if (event.type === 'counted') return event.counts;
    }
    throw new AppError('engine-died');
  }

  /**
   * The probabilities, relative to each other, that an answer to the prompt begins with each of the
   * texts, which must differ in a single token. Throws an AppError, `aborted` after an abort.
   */
  async choiceProbabilities(
    prompt: Prompt,
    choices: readonly string[],
    { signal, owner = this.#options.owner }: AskOptions = {},
  ): Promise<readonly number[]> {
    signal?.throwIfAborted();
    const request = {
      type: 'choiceProbabilities',
      model: this.#loaded(),
      owner,
      prompt,
      choices,
    } as const;
    for await (const event of this.#ask(request, signal)) {
      if (event.type === 'probabilities') return event.probabilities;
    }
    throw new AppError('engine-died');
  }

  async unload(): Promise<void> {
    if (!this.#model) return;
    this.#available = null;
    const events = this.#ask({ type: 'unload', model: this.#model });
    while (!(await events.next()).done);
  }

  #loaded(): EngineModel {
    if (!this.#model) throw new AppError('model-not-loaded');
    return this.#model;
  }

  /** As `#askOnce`; what was asked of a page that is gone now is asked of the next, unless an answer has begun. */
  async *#ask(request: SharedRequest, signal?: AbortSignal): AsyncGenerator<SharedEvent, void> {
    let hasBegun = false;
    try {
      for await (const event of this.#askOnce(request, signal)) {
        hasBegun ||= event.type === 'token';
        yield event;
      }
    } catch (cause) {
      const hasMoved = AppError.isInstance(cause) && cause.code === 'engine-moved';
      if (!hasMoved || hasBegun || signal?.aborted) throw cause;
      yield* this.#askOnce(request, signal);
    }
  }

  async *#askOnce(request: SharedRequest, signal?: AbortSignal): AsyncGenerator<SharedEvent, void> {
    await this.connect();
    const connection = this.#connection;
    if (!connection) throw new AppError('engine-died');
    const place = {};
    try {
      for await (const event of connection.open(request, { signal })) {
        if (event.type === 'queued') this.#wait(place, event.behind);
        else if (event.type === 'started') this.#wait(place, null);
        else yield event;
      }
    } finally {
      this.#wait(place, null);
    }
  }

  #wait(place: object, behind: SharedWork | null): void {
    if (behind) this.#waiting.set(place, behind);
    else if (!this.#waiting.delete(place)) return;
    const [first = null] = this.#waiting.values();
    this.#options.onWaiting?.(first);
  }

  #notice(notice: SharedNotice): void {
    if (notice.type === 'lost') {
      this.#available = null;
      this.#options.onLost(fromWire(notice.error));
    } else if (notice.type === 'available' && notice.model && notice.loaded) {
      this.#available = notice;
      this.#options.onAvailable?.(notice);
    }
  }
}
