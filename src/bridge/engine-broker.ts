/** Holds one engine for several who ask: the one queue of requests, each done with the model that it names. */
import { loadKey } from '../core/models/engine-model';
import { FairQueue } from './fair-queue';
import {
  type EngineModel,
  type Loaded,
  type SharedEvent,
  type SharedNotice,
  type SharedRequest,
} from '../protocol/engine';
import { AppError, toWire } from '../protocol/errors';
import type { EventMessage, RequestMessage } from '../protocol/requests';
import type { EngineWorker } from './engine-worker';

/**
 * Who has loaded a model or counted tokens is about to ask for an answer: so long, nobody else's turn begins. A
 * hidden page's timers are up to a second late.
 */
const graceMs = 200;

export type BrokerMessage = EventMessage<SharedEvent> | SharedNotice;

export interface BrokerClient {
  /** What makes no sense is no request: whoever asks is in another page. */
  receive(message: RequestMessage<SharedRequest> | null | undefined): void;
  /** It is gone: nothing is done for it any more. */
  leave(): void;
}

interface Client {
  post: (message: BrokerMessage) => void;
  /** Those that wait or run. */
  readonly works: Map<number, Work>;
}

interface Work {
  readonly client: Client;
  readonly id: number;
  readonly request: SharedRequest;
  readonly controller: AbortController;
}

interface Current {
  readonly key: string;
  readonly model: EngineModel;
  readonly loaded: Loaded;
}

export class EngineBroker {
  readonly #engine: Pick<EngineWorker, 'ask' | 'isSealed'>;
  readonly #clients = new Set<Client>();
  readonly #queue = new FairQueue<Client, Work>();
  #running: Work | null = null;
  #current: Current | null = null;
  #grace: ReturnType<typeof setTimeout> | undefined;

  /** `open` makes the engine, and is handed what is to be called when the engine loses its model. */
  constructor(open: (onLost: (error: AppError) => void) => Pick<EngineWorker, 'ask' | 'isSealed'>) {
    this.#engine = open((error) => {
      this.#current = null;
      this.#tellAll({ type: 'lost', error: toWire(error) });
    });
  }

  /** Tells a new one what is loaded. */
  serve(post: (message: BrokerMessage) => void): BrokerClient {
    const client: Client = { post, works: new Map() };
    this.#clients.add(client);
    if (this.#current) post(this.#available(this.#current));
    return {
      receive: (message) => {
        if (!message) return;
        if (message.type === 'abort') this.#abort(client.works.get(message.id));
        else this.#add({ client, id: message.id, request: message });
      },
      leave: () => {
        this.#clients.delete(client);
        client.post = () => {};
        for (const work of client.works.values()) this.#abort(work);
      },
    };
  }

  #add(order: Omit<Work, 'controller'>): void {
    const { client, id } = order;
    const work: Work = { ...order, controller: new AbortController() };
    client.works.set(id, work);
    this.#queue.add(client, work);
    if (client === this.#queue.holder) clearTimeout(this.#grace);
    this.#tellPlace(work);
    this.#next();
  }

  /** One that waits ends at once. */
  #abort(work: Work | undefined): void {
    if (!work) return;
    work.controller.abort();
    if (this.#queue.remove(work.client, work)) this.#fail(work, new AppError('aborted'));
  }

  #next(): void {
    if (this.#running) return;
    const work = this.#queue.next();
    if (!work) return;
    this.#running = work;
    work.client.post({ type: 'started', id: work.id });
    for (const waiting of this.#queue) this.#tellPlace(waiting);
    this.#run(work)
      .then(
        () => this.#continueAnswer(work),
        (cause: unknown) => {
          this.#fail(work, AppError.from(cause, 'engine-failed'));
          return true;
        },
      )
      .then((isTurnOver) => {
        work.client.works.delete(work.id);
        this.#running = null;
        if (isTurnOver) this.#queue.endTurn();
        this.#next();
      });
  }

  /** True if the turn is over. If not, it ends soon unless its holder asks for more. */
  #continueAnswer({ client, request: { type } }: Work): boolean {
    if (type !== 'load' && type !== 'count') return true;
    if (!this.#clients.has(client)) return true;
    clearTimeout(this.#grace);
    this.#grace = setTimeout(() => {
      if (this.#running) return;
      this.#queue.endTurn();
      this.#next();
    }, graceMs);
    return false;
  }

  async #run({ client, id, request, controller: { signal } }: Work): Promise<void> {
    const post = (event: SharedEvent) => client.post({ ...event, id });
    if (request.type === 'unload') {
      if (this.#current?.key === loadKey(request.model)) await this.#unload(client, signal);
      return post({ type: 'unloaded' });
    }
    const loaded = await this.#ensure(client, request.model, signal, post);
    if (request.type === 'load') return post({ type: 'loaded', loaded });
    const { model: _named, ...asked } = request;
    for await (const event of this.#engine.ask(asked, signal)) post(event);
  }

  async #unload(client: Client, signal: AbortSignal): Promise<void> {
    const events = this.#engine.ask({ type: 'unload' }, signal);
    while (!(await events.next()).done);
    this.#drop(client);
  }

  async #ensure(
    client: Client,
    model: EngineModel,
    signal: AbortSignal,
    post: (event: SharedEvent) => void,
  ): Promise<Loaded> {
    const key = loadKey(model);
    if (this.#current?.key === key) return this.#current.loaded;
    this.#drop(client);
    for await (const event of this.#engine.ask({ type: 'load', model }, signal)) {
      if (event.type === 'load-progress') post(event);
      if (event.type !== 'loaded') continue;
      this.#current = { key, model, loaded: event.loaded };
      this.#tellAll(this.#available(this.#current));
      return event.loaded;
    }
    throw new AppError('engine-died');
  }

  /** Whoever else had the model that was loaded has it no longer. */
  #drop(by: Client): void {
    if (!this.#current) return;
    this.#current = null;
    const lost = { type: 'lost', error: toWire(new AppError('model-not-loaded')) } as const;
    for (const client of this.#clients) if (client !== by) client.post(lost);
  }

  #fail({ client, id }: Work, error: AppError): void {
    client.works.delete(id);
    client.post({ type: 'failed', error: toWire(error), id });
  }

  /** What waits is told what for: its own client's work it expects. */
  #tellPlace({ client, id }: Work): void {
    const isOthers = this.#running !== null && this.#running.client !== client;
    client.post({ type: 'queued', behind: isOthers ? this.#running!.request.type : null, id });
  }

  #available({ model, loaded }: Current): SharedNotice {
    return { type: 'available', model, loaded, sealed: this.#engine.isSealed };
  }

  #tellAll(notice: SharedNotice): void {
    for (const client of this.#clients) client.post(notice);
  }
}
