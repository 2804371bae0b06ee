/** Typed calls to an engine: through this page's own broker, another tab's, or a window's. */
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

/** The events of one generation; `done` is the last. */
export type GenerateEvent = Extract<SharedEvent, { type: 'prefill' | 'token' | 'done' }>;

export interface AskOptions {
  readonly signal?: AbortSignal;
  /** Default: the client's own owner. */
  readonly owner?: PromptOwner;
}

/** The part of an engine that the stores need. */
export type ModelEngine = Pick<
  EngineClient,
  'load' | 'generate' | 'countTokens' | 'choiceProbabilities' | 'unload' | 'adopt'
>;

/** A way to an engine. */
export interface EngineLink {
  /** Opens a connection; returns the function that sends requests. */
  open(receive: (message: BrokerMessage) => void): (message: RequestMessage<SharedRequest>) => void;
}

export type Available = Extract<SharedNotice, { type: 'available' }>;

export interface EngineClientOptions {
  /** The owner of prompts that name no other. */
  readonly owner: PromptOwner;
  /** Called before a request while there is no link. */
  readonly findLink: () => Promise<EngineLink>;
  /** The loaded model is gone; load it again before the next request. */
  readonly onLost: (error: AppError) => void;
  /** A model was loaded, by any client; `adopt` takes it. */
  readonly onAvailable?: (available: Available) => void;
  /** Reports the work that the engine does for another client while a request of this one waits; null for none. */
  readonly onWaiting?: (waitsFor: SharedWork | null) => void;
  /** Adds the model's files, for an engine that cannot read this storage. */
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

  /** Finds a link; the engine then tells what is loaded. */
  async connect(): Promise<void> {
    if (this.#connection) return;
    this.#connecting ??= this.#options.findLink().then((link) => {
      if (!this.#connection) this.attach(link);
    });
    await this.#connecting.finally(() => (this.#connecting = null));
  }

  /** Sends requests to this link from now on; open requests to another link fail. */
  attach(link: EngineLink): void {
    if (this.#link) this.detach(this.#link, new AppError('engine-died'));
    const connection: Connection = new Requests({
      post: (message) => send(message),
      lastEvents: lastEngineEvents,
      onNotice: (notice) => this.#notice(notice),
    });
    this.#link = link;
    this.#connection = connection;
    // The link may answer while it is being opened.
    const send = link.open((message) => {
      if (connection === this.#connection) connection.receive(message);
    });
  }

  /** The link is gone: its open requests fail, and the next request finds a new link. */
  detach(link: EngineLink, error: AppError): void {
    if (this.#link !== link) return;
    const connection = this.#connection;
    this.#link = null;
    this.#connection = null;
    this.#available = null;
    this.#options.onLost(error);
    connection?.end(error);
  }

  /** Uses the model without a load if the engine has it loaded; null if not. */
  adopt(model: EngineModel): Loaded | null {
    const available = this.#available;
    if (!available || loadKey(available.model) !== loadKey(model)) return null;
    this.#model = available.model;
    return available.loaded;
  }

  /**
   * Loads a stored model in place of the loaded one. Rejects with an AppError; after an abort (`aborted`) no
   * model is loaded.
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
   * Streams an answer. An abort ends the stream with `done` and finish `aborted`, or with the error `aborted`
   * while it waits for its turn; the text before stays valid. Throws an AppError; `engine-died`, `engine-moved`
   * and `gpu-lost` mean: load again.
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
   * The exact number of tokens of each part of a prompt. Waits for the answer under way. Rejects with an
   * AppError.
   */
  async countTokens(prompt: Prompt): Promise<readonly number[]> {
    for await (const event of this.#ask({ type: 'count', model: this.#loaded(), prompt })) {
      if (event.type === 'counted') return event.counts;
    }
    throw new AppError('engine-died');
  }

  /**
   * The probability that the answer begins with each of the choices; they add up to 1. The choices must differ
   * in a single token. Throws an AppError, `aborted` after an abort.
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

  /** As `#askOnce`, but repeats the request with the next holder if the holder ended before the answer began. */
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
    if (!this.#connection) await this.connect();
    const connection = this.#connection;
    if (!connection) throw new AppError('engine-died');
    const place = {};
    try {
      for await (const event of connection.open(request, { signal })) {
        if (event.type === 'queued') this.#wait(place, event.waitsFor);
        else if (event.type === 'started') this.#wait(place, null);
        else yield event;
      }
    } finally {
      this.#wait(place, null);
    }
  }

  #wait(place: object, waitsFor: SharedWork | null): void {
    if (waitsFor) this.#waiting.set(place, waitsFor);
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
